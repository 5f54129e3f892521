import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOKEN_HEADER } from '../../../lab/dashboard/protocol.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import type { Endpoint } from '../../../lab/tcp/address.ts';
import { belongings } from '../../support/leftovers.ts';
import { WRONG } from '../../support/student.ts';
import { ROOT } from '../../support/tcplab.ts';
import { LiveLab } from '../support/live-lab.ts';

const HOLD = { do: 'gate', host: 'server', gate: 'ack-of-syn-ack' } as const;
const QUICK = join(ROOT, 'clients/connect.ts');

test('by hand: a closed gate holds SYN_RCVD, an open one lets ESTABLISHED come, and a page that comes later is told all', async () => {
  const lab = await LiveLab.start();
  const page = await lab.open();
  await page.wish({ do: 'hands-on', number: 4 });
  await page.phase(1, 'running');
  await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.listener();
  await page.wish({ ...HOLD, closed: true });
  await page.wish({ do: 'start', host: 'client', program: 'clients/connect.ts' });
  await page.table('server', 'SYN_RCVD', (all) => all.some(({ state }) => state === 'SYN_RCVD'));
  await page.table('client', 'ESTABLISHED', (all) => all.some(({ state }) => state === 'ESTABLISHED'));
  await page.until(
    'that the gate dropped the ACK',
    (told) =>
      told.tell === 'run' &&
      told.run !== null &&
      told.run.hosts.some(({ gates }) => gates.some(({ dropped }) => dropped > 0)),
  );
  const later = await lab.open();
  await later.table('server', 'SYN_RCVD', (all) => all.some(({ state }) => state === 'SYN_RCVD'));
  await later.until(
    'of the segments',
    (told) => told.tell === 'events' && told.events.some(({ kind }) => kind === 'segment'),
  );
  await later.wish({ ...HOLD, closed: false });
  await page.table('server', 'ESTABLISHED', (all) => all.some(({ state }) => state === 'ESTABLISHED'));
  await page.wish({ do: 'end' });
  expect(await page.phase(1, 'over')).toMatchObject({ isTouched: true, how: 'hands-on' });
  expect(lab.student.path()).toBeDefined();
});

test('what a host sends can be made to wait: SYN_SENT, until it is let go', async () => {
  const page = await (await LiveLab.start()).open();
  await page.wish({ do: 'hands-on', number: 2 });
  await page.phase(1, 'running');
  await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.listener();
  await page.wish({ do: 'wire', host: 'client', held: true });
  await page.wish({ do: 'start', host: 'client', program: 'clients/connect.ts' });
  await page.table('client', 'SYN_SENT', (all) => all.some(({ state }) => state === 'SYN_SENT'));
  await page.wish({ do: 'wire', host: 'client', held: false });
  await page.table('client', 'ESTABLISHED', (all) => all.some(({ state }) => state === 'ESTABLISHED'));
});

test('a program of the student’s own can be started by hand, stopped and started again', async () => {
  const lab = await LiveLab.start();
  const page = await lab.open();
  await page.wish({ do: 'begin', number: 2 });
  copyFileSync(QUICK, lab.student.path('02-handshake', 'client.ts'));
  await page.wish({ do: 'hands-on', number: 2 });
  await page.phase(1, 'running');
  await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
  await page.listener();
  for (const n of [1, 2]) {
    await page.wish({ do: 'start', host: 'client', program: 'work/client.ts' });
    const run = await page.status(`${n} clients`, ({ hosts }) =>
      hosts.some(({ programs }) => programs.filter(({ name }) => name === 'client.ts').length === n),
    );
    const own = run.hosts
      .flatMap(({ programs }) => programs)
      .filter(({ name }) => name === 'client.ts')
      .at(-1);
    await page.wish({ do: 'stop', pid: own?.pid ?? 0 });
    await page.status(`no client, ${n}`, ({ hosts }) =>
      hosts.some(({ programs }) => programs.some(({ pid, isRunning }) => pid === own?.pid && !isRunning)),
    );
  }
});

test('a check fails, the file is saved again, and it passes: both are recorded', async () => {
  const lab = await LiveLab.start();
  const page = await lab.open();
  await page.wish({ do: 'begin', number: 2 });
  const file = lab.student.path('02-handshake', 'client.ts');
  writeFileSync(file, "console.log('PASS');\n");
  await page.wish({ do: 'check', number: 2, from: 'work' });
  expect(await page.until('a result', ({ tell }) => tell === 'result')).toMatchObject({
    result: { verdict: 'fail' },
  });
  copyFileSync(QUICK, file);
  await page.until('that the file was saved', (told) => told.tell === 'saved' && told.number === 2);
  await page.wish({ do: 'check', number: 2, from: 'work' });
  await page.phase(2, 'over');
  expect(await page.until('a pass', (told) => told.tell === 'result' && told.run === 2)).toMatchObject({
    result: { verdict: 'pass', from: 'work' },
  });
  expect(lab.student.progress().exercises).toMatchObject({
    handshake: { attempts: 2, passedAt: expect.any(String) },
  });
});

test('a check during which somebody has touched the wire is shown, and not recorded', async () => {
  const lab = await LiveLab.start();
  const page = await lab.open();
  await page.wish({ do: 'begin', number: 4 });
  copyFileSync(WRONG, lab.student.path('04-syn-rcvd', 'client.ts'));
  await page.wish({ do: 'check', number: 4, from: 'work' });
  await page.phase(1, 'running');
  await page.wish({ do: 'gate', host: 'server', gate: 'syn', closed: true });
  await page.phase(1, 'over', 20_000);
  await page.until('a result', ({ tell }) => tell === 'result');
  expect(lab.student.progress().exercises).toMatchObject({ 'syn-rcvd': { startedAt: expect.any(String) } });
  expect(lab.student.progress().exercises['syn-rcvd']).not.toHaveProperty('attempts', 1);
});

test('what a page cannot have is refused in a sentence, and nothing else happens', async () => {
  const page = await (await LiveLab.start()).open();
  await expect(page.wish({ do: 'stop', pid: 1 })).rejects.toThrow('There is no run. Begin one.');
  await expect(page.wish({ do: 'check', number: 3, from: 'work' })).rejects.toThrow(
    'exercise 3 is not started yet',
  );
  await page.wish({ do: 'hands-on', number: 28 });
  expect(await page.phase(1, 'running')).toMatchObject({
    hosts: [{ name: 'web' }, { name: 'app' }, { name: 'db' }],
  });
  for (const program of ['../../../etc/passwd', 'work/../servers/echo.ts', '/bin/sh'])
    await expect(page.wish({ do: 'start', host: 'web', program })).rejects.toThrow('There is no program');
  for (const wish of [
    { host: 'nowhere', program: 'servers/echo.ts' },
    { host: 'web', program: 'clients/connect.ts', to: 'nowhere' },
  ])
    await expect(page.wish({ do: 'start', ...wish })).rejects.toThrow('no host "nowhere"');
  await expect(page.wish({ do: 'stop', pid: 1 })).rejects.toThrow('not started by hand');
});

test('by hand an exercise has its own hosts: two programs that connect to each other at the same time', async () => {
  const page = await (await LiveLab.start()).open();
  await page.wish({ do: 'hands-on', number: 7 });
  await page.phase(1, 'running');
  const both = ['client', 'peer'] as const;
  for (const host of both) await page.wish({ do: 'wire', host, held: true });
  for (const host of both) await page.wish({ do: 'start', host, program: 'clients/simultaneous-open.ts' });
  for (const host of both)
    await page.table(host, 'SYN_SENT', (all) => all.some(({ state }) => state === 'SYN_SENT'));
  for (const host of both) await page.wish({ do: 'wire', host, held: false });
  for (const host of both)
    await page.table(host, 'ESTABLISHED', (all) => all.some(({ state }) => state === 'ESTABLISHED'));
  expect(page.told.some((told) => told.tell === 'table' && told.sockets.some(isListener))).toBe(false);
});

function isListener({ state }: SocketRecord): boolean {
  return state === 'LISTEN';
}

test('a new run takes the place of the one that goes on', async () => {
  const page = await (await LiveLab.start()).open();
  for (const number of [3, 17, 2]) await page.wish({ do: 'check', number, from: 'reference' });
  expect(await page.phase(3, 'over', 20_000)).toMatchObject({ number: 2 });
  expect(page.told.filter(({ tell }) => tell === 'result')).toMatchObject([
    { run: 3, result: { verdict: 'pass' } },
  ]);
});

test('when the last page has gone, so has the run; a page that is loaded again is not gone', async () => {
  const lab = await LiveLab.start();
  const page = await lab.open();
  await page.wish({ do: 'hands-on', number: 4 });
  await page.phase(1, 'running');
  await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
  const { local } = await page.listener();
  page.close();
  const again = await lab.open();
  await again.phase(1, 'running');
  expect(commands('echo.ts', local)).toHaveLength(1);
  again.close();
  await expect.poll(() => commands('echo.ts', local), { timeout: 15_000 }).toEqual([]);
  const last = await lab.open();
  expect(await last.phase(1, 'over')).toMatchObject({ because: expect.stringContaining('Nobody looked') });
});

/** The programs of this name that run somewhere on this machine with these arguments. Each test's address and port are its own. */
function commands(name: string, { address, port }: Endpoint): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(`${name} ${address} ${port}`));
}

/** A process may end between the listing and the reading. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

test('a run whose process is killed is told as failed, and the next one works', async () => {
  const marker = `ui-killed-${process.pid}`;
  const lab = await LiveLab.start({ MARKER: marker });
  const page = await lab.open();
  await page.wish({ do: 'hands-on', number: 4 });
  await page.phase(1, 'running');
  const runner = (await belongings(marker)).processes.find((line) => line.includes('unshare'));
  process.kill(Number.parseInt(runner ?? '', 10), 'SIGKILL');
  expect(await page.phase(1, 'failed')).toMatchObject({ because: expect.stringContaining('gone') });
  await page.wish({ do: 'check', number: 2, from: 'reference' });
  await page.phase(2, 'over');
  await page.until('a result', ({ tell }) => tell === 'result');
});

test.each(['SIGKILL', 'SIGTERM'] as const)('after %s nothing is left of it', async (signal) => {
  const marker = `ui-${signal}-${process.pid}`;
  const lab = await LiveLab.start({ MARKER: marker });
  const page = await lab.open();
  await page.wish({ do: 'hands-on', number: 4 });
  await page.phase(1, 'running');
  await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
  process.kill(lab.pid, signal);
  await expect.poll(async () => (await belongings(marker)).processes, { timeout: 5_000 }).toEqual([]);
});

test('the text of an exercise, its questions and what can be started are there, and no file of this machine', async () => {
  const lab = await LiveLab.start();
  const url = new URL('/api/exercise/4', lab.url);
  const answer = await fetch(url, { headers: { [TOKEN_HEADER]: lab.url.searchParams.get('token') ?? '' } });
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    number: 4,
    isStarted: false,
    questions: [{ id: 'after-silence' }, { id: 'sees-it' }],
    files: [{ name: 'client.ts' }],
    hosts: ['client', 'server'],
    suggested: { server: 'servers/echo.ts', client: 'clients/connect.ts' },
  });
  expect(text).toContain('<h2>');
  expect(text).not.toContain(ROOT);
  expect(readFileSync(join(ROOT, 'lab/exercises/04-syn-rcvd/README.md'), 'utf8')).toContain('<!-- path -->');
  expect(text).not.toContain('<!--');
});
