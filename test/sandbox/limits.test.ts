import { expect, test } from 'vitest';
import { runInSlot, submission } from './support/slot.ts';

const MIB = 1 << 20;

/** Programs that go on until they are ended, each bounded by itself, so that the machine survives without any limit, too. */
const GREEDY = {
  cpu: `while (process.cpuUsage().user < 5e6);`,
  'cpu-in-children': `import { spawn } from 'node:child_process';
    const loop = 'i=0; while [ $i -lt 3000000 ]; do i=$((i+1)); done';
    for (let n = 0; n < 4; n++) spawn('sh', ['-c', loop], { detached: true });
    setTimeout(() => {}, 30_000);`,
  mem: `const kept = []; for (let n = 0; n < 300; n++) { kept.push(Buffer.alloc(1 << 20, 1)); }
    setTimeout(() => console.log(kept.length), 30_000);`,
  pids: `import { spawn } from 'node:child_process';
    for (let n = 0; n < 100; n++) spawn('sh', ['-c', 'read x'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', () => {});
    setTimeout(() => {}, 30_000);`,
  disk: `import { appendFileSync } from 'node:fs';
    for (let n = 0; n < 40; n++) try { appendFileSync('/tmp/file' + n, Buffer.alloc(1 << 20, 1)); } catch {}
    setTimeout(() => {}, 30_000);`,
  'disk-in-small-files': `import { writeFileSync } from 'node:fs';
    for (let n = 0; n < 3_000; n++) try { writeFileSync('/tmp/file' + n, ''); } catch {}
    setTimeout(() => {}, 30_000);`,
  output: `for (let n = 0; n < 64; n++) process.stdout.write('x'.repeat(1 << 17)); setTimeout(() => {}, 30_000);`,
  fds: `import { openSync } from 'node:fs';
    for (let n = 0; n < 2_000; n++) try { openSync('/dev/null', 'r'); } catch {}
    setTimeout(() => {}, 30_000);`,
};

const HONEST = `import { writeFileSync } from 'node:fs';
  import { connect } from 'node:net';
  writeFileSync('/tmp/note', 'x');
  connect(9, '127.0.0.1').on('error', (error) => console.log(error.code));`;

/** On a busy machine a second of processor time may take long to get. */
const LIMITS = { cpuMs: 1_000, wallMs: 60_000, memoryBytes: 192 * MIB };

for (const rlimitsOnly of [false, true]) {
  const how = rlimitsOnly ? 'rlimits alone' : 'what this machine has';

  test(`with ${how}: each limit ends the program that reaches it, and the next one in the slot is none the worse`, {
    timeout: 120_000,
  }, async () => {
    const names = Object.keys(GREEDY) as (keyof typeof GREEDY)[];
    using folder = submission({
      ...Object.fromEntries(names.map((name) => [`${name}.ts`, GREEDY[name]])),
      'honest.ts': HONEST,
    });
    const jobs = names
      .flatMap((name) => [`${name}.ts`, 'honest.ts'])
      .map((name) => ({ file: folder.file(name) }));
    const { ended, confinement } = await runInSlot(jobs, { limits: LIMITS, rlimitsOnly });
    if (rlimitsOnly) expect(confinement.by).toBe('rlimits');
    const greedy = ended.filter((_, n) => n % 2 === 0);
    expect(greedy.map(({ limit }, n) => [names[n], limit?.kind])).toEqual(
      names.map((name) => [name, name.split('-')[0]]),
    );
    for (const { exit } of greedy) expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
    const honest = ended.filter((_, n) => n % 2 === 1);
    expect(honest.map(({ exit, stdout, limit }) => [exit.code, stdout, limit])).toEqual(
      honest.map(() => [0, 'ECONNREFUSED\n', undefined]),
    );
    expect(greedy.map(({ limit }) => limit?.sentence)).toMatchSnapshot('sentences');
  });
}

test('a program that goes on for too long is ended when its time is up', { timeout: 60_000 }, async () => {
  using folder = submission({ 'waits.ts': 'setTimeout(() => {}, 30_000);' });
  const { ended } = await runInSlot([{ file: folder.file('waits.ts') }], { limits: { wallMs: 1_500 } });
  expect(ended[0]).toMatchObject({ exit: { code: null, signal: 'SIGKILL' }, limit: { kind: 'wall' } });
  expect(ended[0]?.limit?.sentence).toBe('it was still running after 1.5 s, which is as long as it may');
  expect(ended[0]?.ms).toBeGreaterThan(1_450);
});
