import type { Walked } from './walk.ts';

/** Something that may happen one way or another, on any backend and in any run, as an exercise is made. */
interface Chance {
  readonly why: string;
  /** A part of a way that is as good as another: what is compared has the other. */
  readonly instead?: readonly [part: string, other: string];
  /** Steps that some runs take, and others not. */
  readonly perhaps?: readonly string[];
}

const CLOSE: Chance = {
  why: 'The program at the other end closes as soon as it reads the end of the stream. When that is before its kernel has acknowledged the FIN, its own FIN does: three segments instead of four.',
  instead: ['FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT', 'FIN_WAIT_1 → TIME_WAIT'],
};

/** By slug, or by state of the tour. What is not here is the same in every run. */
const CHANCES: Readonly<Record<string, Chance>> = {
  handshake: CLOSE,
  'syn-flood': {
    why: 'A half-open connection goes when its SYN-ACK has been sent often enough, in a run that is not over by then.',
    perhaps: ['SYN_RCVD → LISTEN'],
  },
  'stale-syn': {
    why: 'The first connection lasts milliseconds, and the SYN that is sent again has its ports and its number: on the wire the two are one. Whether there was a socket for the first is known when a look has met it.',
    perhaps: ['SYN_RCVD → ESTABLISHED', 'ESTABLISHED → CLOSED'],
  },
  'close-wait-leak': CLOSE,
  'fin-wait-1': CLOSE,
  'last-ack': CLOSE,
  'three-segment-close': CLOSE,
  reuseaddr: CLOSE,
  'old-duplicates': {
    ...CLOSE,
    why: 'The exercise is about any client. The reference, made by hand, always acknowledges with its own FIN.',
  },
  'port-exhaustion': {
    ...CLOSE,
    why: `${CLOSE.why} A port is used again within a millisecond: a look may show the socket of one connection, and the wire the end of the next.`,
    perhaps: [
      'ESTABLISHED → CLOSED',
      'FIN_WAIT_1 → CLOSED',
      'CLOSE_WAIT → CLOSED',
      'SYN_RCVD → FIN_WAIT_1',
      // A row in TIME_WAIT goes when its port is used again, which is seen when the two are not in the same look.
      'TIME_WAIT → CLOSED',
    ],
  },
  'write-after-close': CLOSE,
  killed: CLOSE,
  TIME_WAIT: CLOSE,
};

/**
 * By host: every step that one of its sockets has taken, in alphabetical order.
 * @param name of what was run: where it leaves something to chance, that is made the same.
 */
export function steps(name: string, { paths }: Pick<Walked, 'paths'>): Record<string, string[]> {
  const { instead: [part, other] = ['', ''], perhaps = [] } = CHANCES[name] ?? {};
  return Object.fromEntries(
    Object.entries(paths).map(([host, ways]) => {
      const all = ways.flatMap((way) => {
        const states = way.replaceAll(part, other).split(' → ');
        return states.slice(1).map((state, n) => `${states[n]} → ${state}`);
      });
      return [host, [...new Set(all)].filter((step) => !perhaps.includes(step)).sort()];
    }),
  );
}

/** The steps of the paths that an exercise says it is about. Where a path goes on with another connection, its listener had that. */
export function stepsAbout(
  slug: string,
  paths: Readonly<Record<string, readonly string[]>>,
): [string, string[]][] {
  const ways = Object.entries(paths).map(([host, path]) => [
    host,
    path.join(' → ').replaceAll('CLOSED → SYN_RCVD', 'CLOSED\nLISTEN → SYN_RCVD').split('\n'),
  ]);
  return Object.entries(steps(slug, { paths: Object.fromEntries(ways) as Walked['paths'] }));
}
