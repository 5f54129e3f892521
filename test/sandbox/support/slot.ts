import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { IN_NAMESPACES } from '../../../lab/host/namespaces/enter.ts';
import type { ProgramExit } from '../../../lab/host/program.ts';
import type { LimitReached, Limits } from '../../../lab/host/sandbox/limits.ts';
import type { Confinement } from '../../../lab/host/sandbox/sandbox.ts';
import { prepareSlot, type SlotOrders } from '../../../lab/host/sandbox/slot.ts';

const RUN_JOBS = join(import.meta.dirname, '../inside/run-jobs.ts');

/** A program to run in a slot. */
export interface Job {
  readonly file: string;
  readonly args?: readonly string[];
  readonly untrusted?: boolean;
  /** Sent once it has printed `ready`. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Stopped, as the lab does, once it has printed `ready`. */
  readonly stop?: boolean;
}

/** What a slot is to do, as plain data. */
export interface Jobs {
  readonly orders: SlotOrders;
  readonly limits: Partial<Limits>;
  readonly jobs: readonly Job[];
}

export interface Ended {
  readonly exit: ProgramExit;
  readonly limit: LimitReached | undefined;
  readonly hasRun: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface JobsDone {
  readonly confinement: Confinement;
  /** Of the slot's worker, by kind. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Processes in the slot at the end, by name and state, beside the worker. */
  readonly left: readonly string[];
  readonly ended: readonly Ended[];
}

export interface SlotOptions {
  readonly limits?: Partial<Limits>;
  /** As on a machine without control groups. */
  readonly rlimitsOnly?: boolean;
  /** Without a user id of the slot's own. */
  readonly asRoot?: boolean;
}

/** Runs programs one after another in a slot of their own. */
export async function runInSlot(
  jobs: readonly Job[],
  { limits = {}, rlimitsOnly = false, asRoot = false }: SlotOptions = {},
): Promise<JobsDone> {
  using slot = prepareSlot(process.pid % 10_000);
  const order: Jobs = { orders: rlimitsOnly ? {} : slot.orders, limits, jobs };
  const place = asRoot ? IN_NAMESPACES : slot.command;
  const [command, ...args] = [...place, process.execPath, RUN_JOBS, JSON.stringify(order)];
  const { stdout } = await execa(command, args, { env: { SECRET_OF_THE_GRADER: 'not for you' } });
  return JSON.parse(stdout) as JobsDone;
}

/** A student's folder with files in it, which every user can read. */
export function submission(
  files: Readonly<Record<string, string>>,
): Disposable & { file(name: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-submission-'));
  chmodSync(folder, 0o755);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {
    file: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
