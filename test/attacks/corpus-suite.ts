import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderName } from '../../lab/exercise/exercise.ts';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import type { Backend } from '../../lab/host/backend.ts';
import { isRoot } from '../support/nobody.ts';
import { type Attack, readCorpus } from './corpus.ts';
import { Grader } from './grade-once.ts';
import { lookInside, type Printed, reported } from './inside/look-inside.ts';
import { layOut, removeAll } from './lay-out.ts';
import type { Belongings } from './leaks.ts';
import { type Attacked, attackRound, honestTimes } from './rounds.ts';

/** In one round, so that what is left of it points to a few. */
const ROUND = 44;
/** How much longer honest runs may take beside attacks than the slowest one took without: processors are shared. */
const SPARE_MS = 1_500;
/** One alone may have met whatever else this machine does. */
const TIMES = 2;

/** Where the attacks run. */
export interface Battlefield {
  readonly backend: Backend;
  readonly slots: number;
  /** Many more than there are slots: an honest submission that waits for the verdict of its attack is one of them. */
  readonly quietJobs: number;
  /** Those that use up a processor, and honest ones beside them. */
  readonly loudJobs: number;
  /** How often an honest submission may be tried, as a machine that was too busy to look says nothing of it. */
  readonly tries: number;
  /** What a program could leave behind. */
  readonly belongings: () => Promise<Belongings>;
  /** How long all of it may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Every attack, an honest submission after each, and a look at the machine after each round. `ATTACKS=07,61` runs only those. */
export function attackCorpus(field: Battlefield): void {
  const { backend, slots, quietJobs, loudJobs, tries, timeoutMs } = field;
  const wanted = process.env.ATTACKS?.split(',').map(Number);
  const grading = backend === 'namespaces' && !isRoot ? 'user' : backend;
  const corpus = readCorpus(grading).filter(
    ({ name }) => wanted?.includes(Number.parseInt(name, 10)) ?? true,
  );
  const loud = corpus.filter(({ expect: { loud: isLoud } }) => isLoud === true);
  const quiet = corpus.filter(({ expect: { loud: isLoud } }) => isLoud !== true);

  const reporting = corpus.filter(({ expect: { inside } }) => inside !== undefined);

  const results = new Map<string, Attacked>();
  let honestMs = 0;
  let grader: Grader | undefined;

  beforeAll(async () => {
    grader = await Grader.open(slots, backend);
    // The second time everything that a slot makes once is there.
    await honestTimes(grader, slots, slots);
    honestMs = Math.max(...(await honestTimes(grader, slots, slots)));
    const before = await field.belongings();
    const rounds = [
      ...Array.from({ length: Math.ceil(quiet.length / ROUND) }, (_, n) => ({
        attacks: quiet.slice(n * ROUND, (n + 1) * ROUND),
        jobs: quietJobs,
      })),
      ...(loud.length > 0 ? [{ attacks: loud, jobs: loudJobs }] : []),
    ];
    for (const { attacks, jobs } of rounds)
      for (const attacked of await attackRound(grader, attacks, jobs, { before, now: field.belongings }))
        results.set(attacked.attack.name, attacked);
  }, timeoutMs);

  afterAll(async () => await grader?.[Symbol.asyncDispose]());

  describe('what comes of it', () => {
    test.each(corpus)('$name', ({ name, expect: expected }) => {
      const { graded } = results.get(name) ?? {};
      const { row } = graded ?? {};
      const said = graded?.sentences ?? [];
      expect(expected.status, said.join('\n')).toContain(row?.status ?? 'none');
      if (row?.status === 'limit') expect(expected.limit).toContain(row.limit);
      // On a machine that was too busy for the rest of it, what is known of it stands, and it earns nothing more.
      const verdict = row?.result?.verdict ?? null;
      const isMoot = ['limit', 'tamper'].includes(row?.status ?? '') && verdict === 'inconclusive';
      if (expected.verdict !== undefined && !isMoot) expect(expected.verdict).toContain(verdict);
      expect(row?.result?.points ?? 0).toBeLessThanOrEqual(expected.points ?? Number.POSITIVE_INFINITY);
      if (expected.says !== undefined) expect(said.join('\n')).toContain(expected.says);
      expect((row?.tamper ?? []).length > 0).toBe(expected.tamper === true);
    });
  });

  describe('the honest submission after it', () => {
    test.each(corpus)('$name', ({ name }) => {
      const { canary } = results.get(name) ?? {};
      expect(canary?.row, canary?.sentences.join('\n')).toMatchObject({
        status: 'ok',
        result: { verdict: 'pass', points: 14 },
      });
      expect(canary?.tries).toBeLessThanOrEqual(tries);
      expect(canary?.row?.result?.ms).toBeLessThan(honestMs * TIMES + SPARE_MS);
    });

    test('takes as long as ever, on the whole', () => {
      const times = [...results.values()].map(({ canary }) => canary?.row?.result?.ms ?? Number.NaN);
      const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
      expect(median).toBeLessThan(honestMs + SPARE_MS);
    });
  });

  describe('what is left of its round', () => {
    test.each(corpus)('$name', ({ name }) => {
      expect(results.get(name)?.left).toEqual([]);
    });
  });

  describe.runIf(reporting.length > 0)('what it sees of itself', () => {
    let printed = new Map<string, Printed>();
    beforeAll(async () => {
      printed = await runInside(reporting, slots, backend);
    }, 300_000);

    test.each(reporting)('$name', ({ name, expect: { inside = {} } }) => {
      const facts = reported(printed.get(name) ?? { student: name, lines: [] });
      for (const [fact, values] of Object.entries(inside))
        expect(Array.isArray(values) ? values : [values], fact).toContain(facts[fact]);
    });
  });
}

/** Runs them as grading does, without judging. */
async function runInside(
  attacks: readonly Attack[],
  slots: number,
  backend: Backend,
): Promise<Map<string, Printed>> {
  const submissions = mkdtempSync(join(tmpdir(), 'tcplab-attacks-in-'));
  chmodSync(submissions, 0o755);
  try {
    for (const attack of attacks) await layOut(attack, submissions);
    const orders = attacks.map(({ name, expect: { exercise } }) => ({
      student: name,
      exercise,
      folder: join(submissions, name, folderName(exerciseNamed(String(exercise)))),
    }));
    return await lookInside(orders, slots, backend);
  } finally {
    removeAll(submissions);
  }
}
