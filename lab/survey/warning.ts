import type { State } from '../tcp/states.ts';

export type WarningCode =
  | 'growing'
  | 'half-open-near-limit'
  | 'syns-refused'
  | 'syn-cookies'
  | 'accept-queue-full'
  | 'accept-queue-overflows'
  | 'ports-near-limit'
  | 'time-wait-near-limit'
  | 'time-wait-overflows';

/** A state in which sockets pile up, why that is, and what to do. */
export interface Warning {
  readonly code: WarningCode;
  readonly state: State | undefined;
  /** `port 80` or `to 198.18.0.2:80`; undefined for the whole network namespace. */
  readonly where: string | undefined;
  readonly count: number;
  /** What the count must not reach; undefined where the kernel has no limit for it. */
  readonly limit: number | undefined;
  readonly text: string;
  readonly why: string;
  readonly next: string;
  /** Whose sockets they are; undefined where no program holds them. */
  readonly inodes: ReadonlySet<number> | undefined;
}
