import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseJsonLines } from '../../lab/report/json-lines.ts';
import { toPcapng } from '../../lab/report/pcapng.ts';
import { formatFlags } from '../../lab/tcp/flags.ts';
import { eventsOf, type PlayDocument, play, playJson } from '../support/play.ts';

let folder: string;
let saved: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tcplab-save-'));
  saved = join(folder, 'deep', 'run');
  const { exitCode } = await play('servers/echo.ts', 'test/programs/talks.ts', '--save', saved);
  expect(exitCode).toBe(0);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const timeline = async (from = saved) => parseJsonLines(await readFile(join(from, 'timeline.jsonl'), 'utf8'));

test('the saved timeline is the run: its states and segments can be read back', async () => {
  const { header, events } = await timeline();
  expect(header.hosts.map(({ name }) => name)).toEqual(['client', 'server']);
  const flags = events.flatMap((event) =>
    event.kind === 'segment' ? [`${event.from} ${formatFlags(event.segment.flags)}`] : [],
  );
  expect(flags.slice(0, 4)).toEqual(['client S', 'server S.', 'client .', 'client P.']);
  const states = events.flatMap((event) => (event.kind === 'socket' ? [event.socket.state] : []));
  expect(states).toContain('LISTEN');
  expect(states).toContain('TIME_WAIT');
});

test('the capture can be made again from the timeline, byte for byte', async () => {
  expect(toPcapng(await timeline())).toEqual(await readFile(join(saved, 'capture.pcapng')));
});

test('the start is told to the nanosecond, and agrees with the date', async () => {
  const { header } = await timeline();
  expect(new Date(Number(BigInt(header.startedAtNs) / 1_000_000n)).toISOString()).toBe(header.startedAt);
});

const tshark = await execa('tshark', ['--version'], { reject: false });
const withTshark = test.skipIf(tshark.exitCode !== 0);
if (tshark.exitCode !== 0) console.warn('tshark is not installed: captures are not compared with it');

const dissect = async (...args: string[]): Promise<{ lines: string[]; complaints: string[] }> => {
  const { stdout, stderr } = await execa('tshark', ['-r', join(saved, 'capture.pcapng'), ...args]);
  const complaints = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user'));
  return { lines: stdout.split('\n').filter((line) => line !== ''), complaints };
};

withTshark('tshark reads the capture without a complaint, and sees the same segments', async () => {
  const fields = [
    'frame.interface_name',
    'ip.src',
    'tcp.flags',
    'tcp.seq_raw',
    'tcp.len',
    'frame.time_epoch',
  ];
  const { lines, complaints } = await dissect('-T', 'fields', ...fields.flatMap((field) => ['-e', field]));
  expect(complaints).toEqual([]);
  const { header, events } = await timeline();
  const expected = events.flatMap((event) => {
    if (event.kind !== 'segment') return [];
    const { source, flags, seq, payload } = event.segment;
    const atNs = BigInt(header.startedAtNs) + BigInt(Math.round(event.atMs * 1e6));
    const time = `${atNs / 1_000_000_000n}.${String(atNs % 1_000_000_000n).padStart(9, '0')}`;
    const hex = `0x${flags.toString(16).padStart(4, '0')}`;
    return [[event.to, source.address, hex, seq, payload.length, time].join('\t')];
  });
  expect(lines).toEqual(expected);
});

withTshark('tshark finds every checksum right and nothing malformed', async () => {
  const checked = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'];
  const wrong = 'tcp.checksum.status==0 || ip.checksum.status==0 || _ws.malformed';
  expect(await dissect(...checked, '-Y', wrong)).toEqual({ lines: [], complaints: [] });
  const right = await dissect(...checked, '-Y', 'tcp.checksum.status==1 && ip.checksum.status==1');
  expect(right.lines.length).toBeGreaterThan(6);
});

withTshark('every packet came in, and states stand beside them as comments', async () => {
  const { lines } = await dissect(
    '-T',
    'fields',
    '-e',
    'frame.packet_flags_direction',
    '-e',
    'frame.comment',
  );
  expect(lines.map((line) => line.split('\t')[0])).toEqual(lines.map(() => '0x00000001'));
  expect(lines.join('\n')).toMatch(/ms server: LISTEN/);
});

test('a second run is not saved over the first, and does not even start', async () => {
  const before = await readFile(join(saved, 'timeline.jsonl'), 'utf8');
  const { stdout, stderr, exitCode } = await play('servers/echo.ts', 'clients/close.ts', '--save', saved);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toBe(
    `tcplab: ${saved} already holds a run (timeline.jsonl); --save takes another folder, or remove it first`,
  );
  expect(await readFile(join(saved, 'timeline.jsonl'), 'utf8')).toBe(before);
});

test.each([
  ['a file', async (path: string) => await writeFile(path, '')],
  ['a place that the kernel refuses', async () => {}],
])('%s is no place to save', async (what, prepare) => {
  const path = what === 'a file' ? join(folder, 'file') : '/proc/tcplab';
  await prepare(path);
  const { stderr, exitCode } = await play('servers/echo.ts', 'clients/close.ts', '--save', path);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^tcplab: cannot save in \S+: .+$/);
});

test('an existing empty folder will do', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  const { exitCode } = await play('servers/listen.ts', '-', '--for', '50', '--save', empty);
  expect(exitCode).toBe(0);
  expect((await timeline(empty)).events.some((event) => event.kind === 'socket')).toBe(true);
});

test('an interrupted play is shown and saved, and ends with exit code 130', async () => {
  const path = join(folder, 'interrupted');
  const running = play('servers/echo.ts', 'clients/connect.ts', '--for', '60000', '--save', path);
  let shown = '';
  for await (const chunk of running.stdout) {
    shown += String(chunk);
    if (/ESTABLISHED/.test(shown)) running.kill('SIGINT');
  }
  const { exitCode } = await running;
  expect(exitCode).toBe(130);
  expect(shown).toMatch(/After \d+\.\d s: it was interrupted\./);
  expect(existsSync(join(path, 'capture.pcapng'))).toBe(true);
  const states = (await timeline(path)).events.flatMap((event) =>
    event.kind === 'socket' ? [event.socket.state] : [],
  );
  expect(states).toContain('ESTABLISHED');
});

test('a document larger than a pipe is whole, also when the play is interrupted', async () => {
  const talker = join(folder, 'talker.ts');
  const said = join(folder, 'said');
  await writeFile(
    talker,
    `import { writeFileSync } from 'node:fs';
for (let n = 0; n < 3_000; n++) console.log('line', n);
writeFileSync(${JSON.stringify(said)}, '');
setInterval(() => {}, 1000);
`,
  );
  const whole = await playJson(talker, '-', '--for', '300');
  expect(eventsOf(whole.document, 'output').length).toBeGreaterThan(2_000);
  await rm(said);

  const running = play(talker, '-', '--json', '--for', '60000', '--save', join(folder, 'talker'));
  await expect.poll(() => existsSync(said), { timeout: 20_000, interval: 20 }).toBe(true);
  // What the program has written is in a pipe by now; the lab reads it at its next turn.
  setTimeout(() => running.kill('SIGINT'), 500);
  const { stdout, exitCode } = await running;
  expect(exitCode).toBe(130);
  const document = JSON.parse(stdout) as PlayDocument;
  expect(document.ending.reason).toBe('interrupted');
  expect(eventsOf(document, 'output').length).toBeGreaterThan(2_000);
});
