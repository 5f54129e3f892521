import { quoted } from '../intake/quoted.ts';
import { type Passage, passagesOf } from './passages.ts';
import { type Program, programOf, type Stripped, stripped, type TextFile } from './program.ts';

/** What one student handed in for one exercise. */
export interface Handed {
  readonly student: string;
  /** The name of the exercise's folder: `04-syn-rcvd`. */
  readonly exercise: string;
  readonly files: readonly TextFile[];
}

/** Two students whose programs have much in common. */
export interface Pair {
  readonly exercise: string;
  readonly students: readonly [string, string];
  /** From 0 to 1: how much of each one's own tokens the other has, too. */
  readonly shares: readonly [number, number];
  readonly passages: readonly Passage[];
  /** For the person who looks at it. */
  readonly hint: string;
}

/** What to tell of a pair. */
export interface SimilarityOptions {
  /** The share that one of the two must reach. */
  readonly share?: number;
  /** The own tokens in common that there must be: less is what a short program cannot help. */
  readonly tokens?: number;
  /** Pairs of one exercise; of more, those with the most in common. */
  readonly most?: number;
}

/**
 * Pairs of students whose programs for an exercise have much in common, once comments, names and literals do not count. What the
 * exercise gave to everybody is taken out first, and then what more than a fifth of the students have (and more than ten): the idiom
 * of an exercise. Tokens say nothing about who wrote what, or why: a pair is a hint for a person, and never a verdict.
 *
 * A pure function: the same pairs in the same order, whatever order the submissions come in.
 *
 * @param givenFor what everybody was given with an exercise: its starter, its README
 * @returns by exercise, then the largest share first
 */
export function similarity(
  submissions: readonly Handed[],
  givenFor: (exercise: string) => readonly TextFile[],
  { share = 0.6, tokens = 40, most = 200 }: SimilarityOptions = {},
): Pair[] {
  const byExercise = Map.groupBy(submissions, ({ exercise }) => exercise);
  return [...byExercise]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([exercise, handed]) =>
      pairsOf(exercise, handed, programOf(givenFor(exercise)), { share, tokens, most }),
    );
}

/** A passage that so many have is nobody's, when it is also a fifth of the students. */
const EVERYBODY = 10;

function pairsOf(
  exercise: string,
  handed: readonly Handed[],
  given: Program,
  { share, tokens, most }: Required<SimilarityOptions>,
): Pair[] {
  const sorted = handed.toSorted((a, b) => (a.student < b.student ? -1 : 1));
  const read = sorted.map(({ files }) => programOf(files));
  const isEverybodys = everybodys(read, given);
  const programs = read.map((program) => stripped(program, isEverybodys));
  const pairs: Pair[] = [];
  for (const [a, b] of candidates(programs, { share, tokens, most })) {
    const [first, second] = [programs[a], programs[b]];
    const students = [sorted[a]?.student ?? '', sorted[b]?.student ?? ''] as const;
    if (first === undefined || second === undefined) continue;
    const common = passagesOf(first, second);
    const shares = [common.tokens[0] / first.ownTokens, common.tokens[1] / second.ownTokens] as const;
    if (Math.min(...common.tokens) < tokens || Math.max(...shares) < share) continue;
    pairs.push({ exercise, students, shares, passages: common.passages, hint: hintOf(students, shares) });
  }
  return pairs.sort((x, y) => Math.max(...y.shares) - Math.max(...x.shares));
}

function everybodys(programs: readonly Program[], given: Program): (hash: number) => boolean {
  const owners = new Map<number, number>();
  for (const { hashes } of programs)
    for (const hash of new Set(hashes)) owners.set(hash, (owners.get(hash) ?? 0) + 1);
  const starter = new Set(given.hashes);
  const many = Math.max(EVERYBODY, programs.length / 5);
  return (hash) => starter.has(hash) || (owners.get(hash) ?? 0) > many;
}

/**
 * The pairs that have so many fingerprints in common that they are worth a look, the most alike first. Fingerprints are a sample:
 * half of the wanted share is enough here.
 */
function candidates(
  programs: readonly Stripped[],
  { share, tokens, most }: Required<SimilarityOptions>,
): [number, number][] {
  const count = programs.length;
  const common = new Uint16Array(count * count);
  const owners = new Map<number, number[]>();
  for (const [n, { kept, ownTokens }] of programs.entries()) {
    if (ownTokens < tokens) continue;
    for (const hash of kept.keys()) {
      const others = owners.get(hash) ?? [];
      owners.set(hash, others);
      for (const other of others) common[other * count + n] = (common[other * count + n] ?? 0) + 1;
      others.push(n);
    }
  }
  const found: { pair: [number, number]; alike: number }[] = [];
  for (const [a, first] of programs.entries()) {
    for (let b = a + 1; b < count; b += 1) {
      const shared = common[a * count + b] ?? 0;
      if (shared === 0) continue;
      const alike = shared / Math.min(first.kept.size, programs[b]?.kept.size ?? 0);
      if (alike >= share / 2) found.push({ pair: [a, b], alike });
    }
  }
  return found
    .sort((x, y) => y.alike - x.alike)
    .slice(0, most)
    .map(({ pair }) => pair);
}

function hintOf(students: readonly [string, string], shares: readonly [number, number]): string {
  const [a, b] = shares.map((share) => `${Math.round(share * 100)} %`);
  return `${a} of what ${quoted(students[0])} wrote and ${b} of what ${quoted(students[1])} wrote is the same but for names, literals and comments: a hint for a person to look at both, never a verdict.`;
}
