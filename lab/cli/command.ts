/** One verb of the command line. */
export interface Command {
  /** How it is called, and what its options do: the text of `--help`. */
  readonly help: string;
  /** Runs it. @returns the exit code. @throws UsageError for what the user typed, EnvironmentError for the machine. */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes, the same for every verb. */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  broken: 3,
  environment: 4,
  inconclusive: 5,
  interrupted: 130,
} as const;

/** What the user typed cannot be done: one line that says what can. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** The machine is not ready: one line, and what to do. Exit code 4. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code = 'environment';
}
