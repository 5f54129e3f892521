import type { Stripped } from './program.ts';
import { GRAM } from './winnow.ts';

/** Lines of a file, both counted in. */
export interface Lines {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** Two passages of the same tokens. */
export interface Passage {
  readonly first: Lines;
  readonly second: Lines;
  /** Their length in tokens, what was given to everybody counted in. */
  readonly tokens: number;
}

/** What two programs have in common. */
export interface Common {
  /** By their place in the first one. */
  readonly passages: readonly Passage[];
  /** How many of each one's own tokens are in the passages. */
  readonly tokens: readonly [number, number];
}

interface Run {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** Of one fingerprint that a program has again and again so many places are looked at. */
const MOST_PLACES = 4;

/**
 * The passages that two programs share: around each common fingerprint as far as the tokens agree, the longest first, and no token
 * in two of them.
 */
export function passagesOf(first: Stripped, second: Stripped): Common {
  const runs = runsOf(first, second).sort((x, y) => y.length - x.length || x.a - y.a || x.b - y.b);
  const used: [boolean[], boolean[]] = [[], []];
  const tokens: [number, number] = [0, 0];
  const taken: Run[] = [];
  for (const run of runs) {
    for (const { a, b, length } of freeParts(run, used)) {
      taken.push({ a, b, length });
      for (let n = 0; n < length; n += 1) {
        used[0][a + n] = true;
        used[1][b + n] = true;
        tokens[0] += Number(first.own[a + n]);
        tokens[1] += Number(second.own[b + n]);
      }
    }
  }
  const passages = taken
    .sort((x, y) => x.a - y.a || x.b - y.b)
    .map(({ a, b, length }) => ({
      first: linesOf(first, a, length),
      second: linesOf(second, b, length),
      tokens: length,
    }));
  return { passages, tokens };
}

function runsOf(first: Stripped, second: Stripped): Run[] {
  /** By diagonal: up to where in the first program it has been looked at. */
  const seen = new Map<number, number>();
  const runs: Run[] = [];
  const seeds: [number, number][] = [];
  for (const [hash, places] of first.kept)
    for (const a of places.slice(0, MOST_PLACES))
      for (const b of (second.kept.get(hash) ?? []).slice(0, MOST_PLACES)) seeds.push([a, b]);
  seeds.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  for (const [a, b] of seeds) {
    if ((seen.get(a - b) ?? -1) >= a) continue;
    const run = extended(first.codes, second.codes, a, b);
    seen.set(a - b, run.a + run.length - 1);
    if (run.length >= GRAM) runs.push(run);
  }
  return runs;
}

function extended(first: readonly number[], second: readonly number[], a: number, b: number): Run {
  const agree = (n: number): boolean => {
    const code = first[a + n];
    return code !== undefined && code >= 0 && code === second[b + n];
  };
  let from = 0;
  while (agree(from - 1)) from -= 1;
  let to = 0;
  while (agree(to)) to += 1;
  return { a: a + from, b: b + from, length: to - from };
}

/** What of a run no earlier one has, in pieces that are long enough to tell. */
function freeParts({ a, b, length }: Run, used: readonly [boolean[], boolean[]]): Run[] {
  const parts: Run[] = [];
  let start = 0;
  for (let n = 0; n <= length; n += 1) {
    if (n < length && used[0][a + n] !== true && used[1][b + n] !== true) continue;
    if (n - start >= GRAM) parts.push({ a: a + start, b: b + start, length: n - start });
    start = n + 1;
  }
  return parts;
}

function linesOf({ lines, files }: Stripped, start: number, length: number): Lines {
  return { file: files[start] ?? '', from: lines[start] ?? 0, to: lines[start + length - 1] ?? 0 };
}
