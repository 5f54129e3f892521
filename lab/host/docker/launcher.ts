/**
 * The first process of a container that is a host: starts the programs under test and says what becomes of them. They inherit what
 * it has: an ordinary user, CAP_NET_RAW, and nothing else.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { labImportsFor } from '../lab-imports-for.ts';
import { programEnvironment } from '../program-environment.ts';
import { ChildProgram, type ProgramProcess } from '../program-process.ts';
import type { LimitReached } from '../sandbox/limits.ts';
import { answerCalls, say } from './answers.ts';

/** A file of a program, where it is to be and what it says. */
export interface CarriedFile {
  readonly path: string;
  readonly base64: string;
}

/** What is said of a program, by its number. Times are CLOCK_MONOTONIC in nanoseconds, as decimal numbers. */
export type ProgramNews = { readonly program: number } & (
  | { readonly printed: string; readonly stream: 'stdout' | 'stderr' }
  | { readonly limited: LimitReached }
  | { readonly neverRan: true }
  | { readonly waitedMs: number }
  | { readonly ended: { readonly code: number | null; readonly signal: NodeJS.Signals | null } }
  | {
      readonly closed: { readonly code: number | null; readonly signal: NodeJS.Signals | null };
      readonly atNs: string;
    }
);

const PROGRAM_NICE = 5;
const programs = new Map<number, ProgramProcess>();

answerCalls({
  run(program: number, file: string, args: string[], files: CarriedFile[]) {
    for (const { path, base64 } of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(base64, 'base64'));
    }
    const child = spawn(process.execPath, [...labImportsFor(file), file, ...args], {
      detached: true,
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const running = new ChildProgram(child);
    programs.set(program, running);
    const tell = (news: ProgramNews): void => say(news);
    running.listen({
      printed: (stream, text) => tell({ program, printed: text, stream }),
      waited: (waitedMs) => tell({ program, waitedMs }),
      ended: (exit) => tell({ program, ended: exit }),
      closed: (exit, atNs) => tell({ program, closed: exit, atNs: String(atNs) }),
    });
    if (child.pid !== undefined) setPriority(child.pid, PROGRAM_NICE);
    return { pid: running.pid, startedNs: String(running.startedNs) };
  },
  kill(program: number, signal: NodeJS.Signals) {
    programs.get(program)?.kill(signal);
  },
  endTheRest(program: number) {
    programs.get(program)?.endTheRest();
  },
  async look(program: number) {
    await programs.get(program)?.look();
  },
});
