export { EnvironmentError, UsageError } from '../workspace/errors.ts';

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
