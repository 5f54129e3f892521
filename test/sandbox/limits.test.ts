import { expect, test } from 'vitest';
import { GREEDY, GREEDY_LIMITS, HONEST } from './support/greedy.ts';
import { runInSlot, submission } from './support/slot.ts';

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
    const { ended, confinement } = await runInSlot(jobs, { limits: GREEDY_LIMITS, rlimitsOnly });
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
