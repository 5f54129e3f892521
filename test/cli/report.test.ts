import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFolder } from '../report/run/saved.ts';
import { quietly, ROOT, tcplab } from '../support/tcplab.ts';

const RUN = runFolder('held-ack');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tcplab-report-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('without an option: the ladder, everything as text, and what was on the wire', async () => {
  const { stdout, exitCode } = await tcplab('report', RUN);
  expect(exitCode).toBe(0);
  const [ladder = '', text = ''] = stdout.split('\nFlags: S SYN');
  expect(ladder).toContain('FIN+ACK seq 1 ack 1 (again)');
  expect(text).toContain('── F. seq 1 ack 1 (again) ─');
  expect(text).toContain('13 segments: 5 retransmissions, 1 duplicate ACK, 0 resets');
  expect(stdout).not.toContain('\u001b');
});

test('the file itself is as good as its folder', async () => {
  const [of, from] = await Promise.all([
    tcplab('report', RUN, '--ladder'),
    tcplab('report', join(RUN, 'timeline.jsonl'), '--ladder'),
  ]);
  expect(of.stdout).toBe(from.stdout);
  expect(of.stdout).not.toContain('Flags:');
});

test('every drawing goes into its file', async () => {
  const at = (name: string): string => join(folder, name);
  const { stdout, exitCode } = await tcplab(
    ...['report', RUN, '--absolute', '--svg', at('l.svg'), '--track', at('t.svg'), '--diagram', at('d.svg')],
    ...['--html', at('p.html'), '--markdown', at('r.md')],
  );
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`Wrote ${['l.svg', 't.svg', 'd.svg', 'p.html', 'r.md'].map(at).join(', ')}.`);
  const read = async (name: string): Promise<string> => await readFile(at(name), 'utf8');
  expect(await read('l.svg')).toContain('SYN seq 780007630');
  expect(await read('t.svg')).toContain('FIN_WAIT_1 1.7 s');
  expect(await read('d.svg')).toContain('(client 1)');
  expect((await read('p.html')).match(/<svg /g)).toHaveLength(3);
  expect((await read('r.md')).match(/```mermaid/g)).toHaveLength(2);
});

test('--mermaid prints both diagrams, and --json a document', async () => {
  const [{ stdout: mermaid }, { stdout: json }] = await Promise.all([
    tcplab('report', RUN, '--mermaid'),
    tcplab('report', RUN, '--json'),
  ]);
  expect(mermaid).toMatch(/^sequenceDiagram\n[\s\S]*\n\nstateDiagram-v2\n/);
  const document = JSON.parse(json) as { schema: string; sockets: { stays: unknown[] }[]; ladder: unknown[] };
  expect(document.schema).toBe('tcplab/report/1');
  expect(document.sockets).toHaveLength(3);
});

describe('what is no run', () => {
  test.each([
    [
      'a folder without one',
      async (path: string) => await mkdir(path),
      /^tcplab: \S+ is no saved run: there is no \S+timeline\.jsonl\. To save one: /,
    ],
    ['nothing at all', async () => {}, /^tcplab: \S+ is no saved run: there is no \S+\. To save one: /],
    [
      'another file',
      async (path: string) => await writeFile(path, '\u001b[31mhello'),
      /^tcplab: \S+ is no saved run: line 1 of the timeline: no JSON: [ -~…‹›]+$/,
    ],
    [
      'an empty file',
      async (path: string) => await writeFile(path, ''),
      /^tcplab: \S+ is no saved run: line 1 of the timeline: there is no header$/,
    ],
  ])('%s', async (what, make, sentence) => {
    const path = join(folder, what.replaceAll(' ', '-'));
    await make(path);
    const { stdout, stderr, exitCode } = await tcplab('report', path);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(sentence);
  });

  test('no run named, and a file that cannot be written', async () => {
    const [none, nowhere] = await Promise.all([
      tcplab('report'),
      tcplab('report', RUN, '--html', join(folder, 'not', 'there.html')),
    ]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain('report takes a saved run');
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toMatch(/^tcplab: --html cannot write \S+: /);
  });
});

test('needs nothing of Linux: neither koffi nor anything that makes system calls is loaded', async () => {
  const refuse = join(folder, 'refuse.mjs');
  await writeFile(
    refuse,
    `import { registerHooks } from 'node:module';
registerHooks({ resolve(specifier, context, next) {
  const found = next(specifier, context);
  if (/koffi|raw-socket|[/]lab[/]sys[/]/.test(found.url)) throw new Error('loaded ' + found.url);
  return found;
} });
`,
  );
  const own = (...args: string[]) =>
    execa(process.execPath, ['--import', refuse, join(ROOT, 'lab/cli/main.ts'), ...args], quietly);
  const page = join(folder, 'without.html');
  const [drawn, shown, control] = await Promise.all([
    own('report', RUN, '--html', page, '--svg', `${page}.svg`, '--markdown', `${page}.md`, '--mermaid'),
    own('report', RUN),
    own('observe'),
  ]);
  expect(drawn.stderr).toBe('');
  expect([drawn.exitCode, shown.exitCode]).toEqual([0, 0]);
  expect(control.stderr).toContain('loaded file://');
});
