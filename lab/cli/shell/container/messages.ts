/** Where, in an observer's container, the door listens for `on` and `next`. A folder in memory that every container has. */
export const DOOR = '/dev/shm/tcplab-door';

/** How large a terminal is, in characters. */
export type Size = readonly [columns: number, rows: number];

/** What `on` and `next` say to the lab, a line each. */
export type Said =
  | { readonly next: true }
  | {
      /** The host, and the command to run beside it. */
      readonly on: readonly string[];
      /** Undefined where somebody else than a person at a terminal reads what it prints. */
      readonly size?: Size;
      /** Whether it gets anything on its standard input. */
      readonly input: boolean;
    }
  /** Some of its input, in base64. The next piece may come when this one was taken. */
  | { readonly input: string }
  | { readonly inputEnds: true }
  | { readonly size: Size }
  | { readonly signal: NodeJS.Signals };

/** What the lab says to them. What a command has printed is in base64. */
export type Told =
  | { readonly stdout: string }
  | { readonly stderr: string }
  | { readonly taken: true }
  | { readonly exit: number };

/** What the door tells the lab of visitor number `from`. */
export type DoorNews = { readonly from: number } & ({ readonly said: Said } | { readonly gone: true });
