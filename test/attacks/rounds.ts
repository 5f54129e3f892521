import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from './corpus.ts';
import type { Graded, Grader } from './grade-once.ts';
import { layOut, layOutCanary, removeAll } from './lay-out.ts';
import { type Leaks, leftBehind } from './leaks.ts';

/** An attack, the honest submission after it, and what the round that they were in has left on the machine. */
export interface Attacked {
  readonly attack: Attack;
  readonly graded: Graded | undefined;
  readonly canary: Graded | undefined;
  readonly left: readonly string[];
}

/** Comes right behind the attack's name in the order of names. */
const CANARY = '~canary';

/**
 * Grades attacks in one call, with an honest submission after each: it begins when its attack has its verdict, while others' attacks
 * go on. Then looks for what is left of them all.
 */
export async function attackRound(
  grader: Grader,
  attacks: readonly Attack[],
  jobs: number,
  leaks: Leaks,
): Promise<Attacked[]> {
  const submissions = mkdtempSync(join(tmpdir(), 'tcplab-attacks-in-'));
  const helpers: Disposable[] = [];
  try {
    for (const attack of attacks) {
      const helper = await layOut(attack, submissions);
      if (helper !== undefined) helpers.push(helper);
      layOutCanary(submissions, `${attack.name}${CANARY}`);
    }
    const taken = (): void => {
      for (const helper of helpers.splice(0)) helper[Symbol.dispose]();
    };
    const after = (student: string): string | undefined =>
      student.endsWith(CANARY) ? student.slice(0, -CANARY.length) : undefined;
    const graded = await grader.gradeOnce(submissions, { jobs, taken, after });
    const left = await leftBehind(leaks);
    return attacks.map((attack) => ({
      attack,
      graded: graded.get(attack.name),
      canary: graded.get(`${attack.name}${CANARY}`),
      left,
    }));
  } finally {
    for (const helper of helpers) helper[Symbol.dispose]();
    removeAll(submissions);
  }
}

/** Grades honest submissions alone, as many at a time as in a round: what later ones are held against. In milliseconds. */
export async function honestTimes(grader: Grader, count: number, jobs: number): Promise<number[]> {
  const submissions = mkdtempSync(join(tmpdir(), 'tcplab-attacks-in-'));
  try {
    for (let n = 0; n < count; n += 1) layOutCanary(submissions, `honest-${n}`);
    const graded = await grader.gradeOnce(submissions, { jobs });
    return [...graded.values()].map(({ row }) => {
      if (row?.result?.verdict !== 'pass') throw new Error(`an honest submission: ${JSON.stringify(row)}`);
      return row.result.ms;
    });
  } finally {
    removeAll(submissions);
  }
}
