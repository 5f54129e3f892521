import { type Tokens, tokensOf } from './tokens.ts';
import { GRAM, gramHashes, winnow } from './winnow.ts';

/** A file with its text. */
export interface TextFile {
  /** Relative to the exercise's folder. */
  readonly path: string;
  readonly text: string;
}

/** All programs of one student for one exercise, as one row of tokens. */
export interface Program extends Tokens {
  /** By token: which file it is in; the ends of files have the code -1. */
  readonly files: readonly string[];
  /** See `gramHashes`. */
  readonly hashes: readonly number[];
}

/** A program without what was given to everybody. */
export interface Stripped extends Program {
  /** By token: whether it is the student's own. */
  readonly own: readonly boolean[];
  readonly ownTokens: number;
  /** The fingerprints: by hash, where it is kept. */
  readonly kept: ReadonlyMap<number, readonly number[]>;
}

/** What is compared of one student and exercise: nobody writes so much, and it keeps hostile input from taking long. */
const MOST_TOKENS = 20_000;

/** Reads files; those that are no program, such as JSON, are left out. Of Markdown its fenced code counts. */
export function programOf(all: readonly TextFile[]): Program {
  const codes: number[] = [];
  const lines: number[] = [];
  const files: string[] = [];
  for (const { path, text } of all.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    for (const source of sourcesOf(path, text)) {
      const tokens = tokensOf(source, MOST_TOKENS - codes.length);
      for (const [n, code] of tokens.codes.entries()) {
        codes.push(code);
        lines.push(tokens.lines[n] ?? 0);
        files.push(path);
      }
      codes.push(-1);
      lines.push(0);
      files.push(path);
    }
  }
  return { codes, lines, files, hashes: gramHashes(codes) };
}

function sourcesOf(path: string, text: string): string[] {
  if (/\.[cm]?[jt]s$/.test(path)) return [text];
  if (path.endsWith('.md')) return [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, code = '']) => code);
  return [];
}

/** Takes out of a program what is everybody's. */
export function stripped(program: Program, isEverybodys: (hash: number) => boolean): Stripped {
  const own = program.codes.map((code) => code >= 0);
  for (const [start, hash] of program.hashes.entries())
    if (hash >= 0 && isEverybodys(hash)) own.fill(false, start, start + GRAM);
  const kept = new Map<number, number[]>();
  for (const position of winnow(program.hashes, isEverybodys)) {
    const hash = program.hashes[position] ?? -1;
    const positions = kept.get(hash);
    if (positions) positions.push(position);
    else kept.set(hash, [position]);
  }
  return { ...program, own, ownTokens: own.filter(Boolean).length, kept };
}
