/** What a program that is not trusted may use. Reaching any of it ends the program. */
export interface Limits {
  /** From its start to its end, in milliseconds. */
  readonly wallMs: number;
  /** Of all processors together, in milliseconds. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Threads count, as they do for the kernel: Node alone has about ten. */
  readonly processes: number;
  /** Open files of one process. */
  readonly descriptors: number;
  /** Of the one folder that it can write to, /tmp. */
  readonly diskBytes: number;
  readonly diskFiles: number;
  /** Of standard output, and the same again of standard error. */
  readonly outputBytes: number;
}

const MIB = 1 << 20;

export const DEFAULT_LIMITS: Limits = {
  wallMs: 10_000,
  cpuMs: 5_000,
  memoryBytes: 512 * MIB,
  processes: 64,
  descriptors: 1_024,
  diskBytes: 16 * MIB,
  diskFiles: 1_024,
  outputBytes: MIB,
};

export type LimitKind = 'cpu' | 'wall' | 'mem' | 'pids' | 'disk' | 'output' | 'fds';

/** A limit that a program has reached. */
export interface LimitReached {
  readonly kind: LimitKind;
  /** For the student, without the program's name: "it used 5 s of processor time, which is all that …". */
  readonly sentence: string;
}

/** Says which limit was reached. */
export function limitReached(kind: LimitKind, limits: Limits): LimitReached {
  return { kind, sentence: SENTENCES[kind](limits) };
}

const SENTENCES: Readonly<Record<LimitKind, (limits: Limits) => string>> = {
  cpu: ({ cpuMs }) =>
    `it used the ${seconds(cpuMs)} of processor time that a program may use. Is there a loop that never waits?`,
  wall: ({ wallMs }) => `it was still running after ${seconds(wallMs)}, which is as long as it may`,
  mem: ({ memoryBytes }) =>
    `it needed more than the ${mebibytes(memoryBytes)} of memory that a program may use`,
  pids: ({ processes }) => `it tried to have more than ${processes} processes and threads at a time`,
  disk: ({ diskBytes, diskFiles }) =>
    `it filled /tmp, which takes ${mebibytes(diskBytes)} in ${diskFiles} files at most`,
  output: ({ outputBytes }) => `it printed more than ${mebibytes(outputBytes)}`,
  fds: ({ descriptors }) =>
    `it had all ${descriptors} descriptors open that a process may have. Close what is not needed any more`,
};

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

function mebibytes(bytes: number): string {
  return `${Math.round((bytes / MIB) * 10) / 10} MiB`;
}
