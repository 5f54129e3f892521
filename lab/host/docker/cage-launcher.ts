/**
 * The launcher in a cage, a container for programs that nobody trusts: starts them, ends them at a limit, and says what becomes of
 * them. It is another user than they are, whom they can neither signal nor look into, and it has only what it takes to become theirs
 * and to end them. They have CAP_NET_RAW and nothing else, and so has whatever they start.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { labImportsFor } from '../lab-imports-for.ts';
import { type GroupUse, groupUse } from '../sandbox/control-groups.ts';
import type { Watched } from '../sandbox/limit-watch.ts';
import type { Limits } from '../sandbox/limits.ts';
import { answerCalls, say } from './answers.ts';
import { asProgram, mustConfine } from './as-program.ts';
import { CAGE } from './cage-places.ts';
import { CagedProgram } from './caged-program.ts';
import type { CarriedFile, ProgramNews } from './launcher.ts';
import { ownGroup } from './own-group.ts';

const programs = new Map<number, CagedProgram>();
const running = new Set<CagedProgram>();
const group = ownGroup();

mustConfine();

answerCalls({
  run(program: number, file: string, args: string[], files: CarriedFile[], limits: Limits) {
    if (isIdle()) clear();
    // A program that runs may be reading them: the next one beside it is of the same files.
    for (const { path, base64 } of files) {
      if (existsSync(path)) continue;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(base64, 'base64'));
    }
    const caged = new CagedProgram(started(file, args), {
      limits,
      group: useSince(groupUse(group)),
      scratch: CAGE.scratch,
      end: (everybody) => end(caged, everybody),
    });
    programs.set(program, caged);
    running.add(caged);
    const tell = (news: ProgramNews): void => say(news);
    caged.listen({
      printed: (stream, text) => tell({ program, printed: text, stream }),
      limited: (limit) => tell({ program, limited: limit }),
      neverRan: () => tell({ program, neverRan: true }),
      waited: (waitedMs) => tell({ program, waitedMs }),
      ended: (exit) => tell({ program, ended: exit }),
      closed: (exit, atNs) => {
        running.delete(caged);
        tell({ program, closed: exit, atNs: String(atNs) });
      },
    });
    return { pid: caged.pid, startedNs: String(caged.startedNs) };
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

function started(file: string, args: readonly string[]): ChildProcess {
  const [command, ...rest] = asProgram([process.execPath, ...labImportsFor(file), file, ...args]);
  return spawn(command, rest, {
    detached: true,
    cwd: dirname(file),
    env: CAGE.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What the cage has come to since a program was started in it. */
function useSince(before: GroupUse): Watched['group'] {
  return {
    use(): GroupUse {
      const now = groupUse(group);
      return {
        cpuMs: now.cpuMs - before.cpuMs,
        outOfMemory: now.outOfMemory - before.outOfMemory,
        refusedProcesses: now.refusedProcesses - before.refusedProcesses,
      };
    },
  };
}

/** Whether no program runs, but for this one. */
function isIdle(but?: CagedProgram): boolean {
  return [...running].every((program) => program === but || program.isOver);
}

/** A program that has the cage for itself finds nothing of others. Only its owner may remove what is in /tmp. */
function clear(): void {
  for (const name of readdirSync(CAGE.submission)) rmSync(join(CAGE.submission, name), { recursive: true });
  const { files, ffree } = statfsSync(CAGE.scratch);
  if (files - ffree <= EMPTY_FILES) return;
  const [command, ...args] = asProgram(['find', CAGE.scratch, '-mindepth', '1', '-delete']);
  spawnSync(command, args, { env: CAGE.environment, stdio: 'ignore' });
}

/** What an empty file system in memory counts: its root. */
const EMPTY_FILES = 1;

/** Everything in the cage goes with its last program, whatever it has become; while there is another one, only the process group. */
function end(caged: CagedProgram, everybody: boolean): void {
  signal(everybody || isIdle(caged) ? EVERYBODY : -caged.pid, 'SIGKILL');
}

/** Every process that there is here, but for the first one and this one. kill(2). */
const EVERYBODY = -1;

function signal(whom: number, name: NodeJS.Signals): void {
  try {
    process.kill(whom, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
