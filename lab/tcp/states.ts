/** The eleven connection states, spelled as on the wire and in files (RFC 9293 section 3.3.2). */
export const STATES = [
  'CLOSED',
  'LISTEN',
  'SYN_SENT',
  'SYN_RCVD',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;

export type State = (typeof STATES)[number];

type Names = { readonly kernel: number; readonly ss: string };

const NAMES: Readonly<Record<State, Names>> = {
  ESTABLISHED: { kernel: 1, ss: 'ESTAB' },
  SYN_SENT: { kernel: 2, ss: 'SYN-SENT' },
  SYN_RCVD: { kernel: 3, ss: 'SYN-RECV' },
  FIN_WAIT_1: { kernel: 4, ss: 'FIN-WAIT-1' },
  FIN_WAIT_2: { kernel: 5, ss: 'FIN-WAIT-2' },
  TIME_WAIT: { kernel: 6, ss: 'TIME-WAIT' },
  CLOSED: { kernel: 7, ss: 'UNCONN' },
  CLOSE_WAIT: { kernel: 8, ss: 'CLOSE-WAIT' },
  LAST_ACK: { kernel: 9, ss: 'LAST-ACK' },
  LISTEN: { kernel: 10, ss: 'LISTEN' },
  CLOSING: { kernel: 11, ss: 'CLOSING' },
};

const BY_SS = new Map(STATES.map((state) => [NAMES[state].ss, state]));
const BY_KERNEL = new Map(STATES.map((state) => [NAMES[state].kernel, state]));
// States only the kernel knows: TCP_NEW_SYN_RECV (a request socket) and TCP_BOUND_INACTIVE (bound, not
// connected).
BY_KERNEL.set(12, 'SYN_RCVD').set(13, 'CLOSED');

/** Whether `text` is one of `STATES`, in that exact spelling. */
export function isState(text: string): text is State {
  return Object.hasOwn(NAMES, text);
}

/**
 * The state a kernel number stands for (enum in include/net/tcp_states.h, 1 to 13).
 * The kernel's TCP_NEW_SYN_RECV (12) is SYN_RCVD, its TCP_BOUND_INACTIVE (13) is CLOSED.
 * @throws RangeError for any other number
 */
export function stateOfKernel(n: number): State {
  const state = BY_KERNEL.get(n);
  if (state === undefined) {
    throw new RangeError(`Kernel TCP state ${n} does not exist; include/net/tcp_states.h has 1 to 13.`);
  }
  return state;
}

/** The kernel's number for a state (include/net/tcp_states.h); SYN_RCVD gives TCP_SYN_RECV, 3. */
export function kernelOfState(state: State): number {
  return NAMES[state].kernel;
}

/** What `ss -t` prints in its State column, for quoting evidence only (iproute2 misc/ss.c). */
export function ssName(state: State): string {
  return NAMES[state].ss;
}

/**
 * The state behind a word in the State column of `ss -t`, such as `ESTAB`.
 * @throws RangeError for a word `ss` does not print for TCP
 */
export function stateOfSs(text: string): State {
  const state = BY_SS.get(text);
  if (state === undefined) {
    throw new RangeError(`'${text}' is not a TCP state of ss; it prints ${[...BY_SS.keys()].join(', ')}.`);
  }
  return state;
}
