import { type EventWords, WORDS_OF_EVENTS } from './words.ts';

/** Everything that drawings say themselves. States, flags, gates, hosts and programs have the same names in every language. */
export interface PictureWords {
  readonly events: EventWords;
  readonly ladder: {
    /** What the drawing is, for who cannot see it; the hosts' names have `and` between them. */
    readonly title: (hosts: string) => string;
    readonly and: string;
    readonly port: string;
    readonly ofPort: (port: number) => string;
    /** Nothing happened for so long: `1.0 s`. */
    readonly nothing: (duration: string) => string;
    /** Before what a segment says that came from no host of the run. */
    readonly claims: (from: string) => string;
    readonly droppedBy: (detail: string, gate: string) => string;
    /** Behind how many segments a gate dropped: how many of them are marked. */
    readonly marked: (segments: number) => string;
    readonly marks: Readonly<Record<Mark, string>>;
    /** The legend. */
    readonly absolute: string;
    readonly relative: string;
    readonly seen: string;
    readonly band: string;
    readonly dropped: string;
    readonly dashed: string;
  };
  readonly track: {
    readonly title: string;
    /** A stay in a state, as `SYN_RCVD`, from `1.5` ms on, for `3.0 s`. */
    readonly stay: (state: string, fromMs: string, lasted: string) => string;
    readonly gate: (gate: string) => string;
    readonly gateClosed: (duration: string) => string;
    /** The foot. */
    readonly times: string;
    readonly folded: string;
    readonly lasting: string;
    readonly failed: string;
    readonly more: (sockets: number) => string;
    readonly noSocket: string;
  };
  readonly diagram: {
    readonly title: string;
    readonly listener: (host: string) => string;
    /** Left the kernel's table, and no segment says why. */
    readonly noSegment: string;
    readonly seen: string;
    readonly unseen: string;
    /** The legend. */
    readonly counted: (host: string) => string;
    readonly numbered: (host: string) => string;
    readonly shared: string;
    readonly absent: string;
  };
}

/** What Wireshark's rules make of a segment. */
export type Mark =
  | 'retransmission'
  | 'fast-retransmission'
  | 'spurious-retransmission'
  | 'out-of-order'
  | 'duplicate-ack'
  | 'keep-alive'
  | 'window-probe'
  | 'bad-checksum';

export const ENGLISH: PictureWords = {
  events: WORDS_OF_EVENTS,
  ladder: {
    title: (hosts) => `What passed between ${hosts}, and the states of their sockets`,
    and: ' and ',
    port: 'port',
    ofPort: (port) => `port ${port}`,
    nothing: (duration) => `… ${duration} nothing …`,
    claims: (from) => `from ${from}:`,
    droppedBy: (detail, gate) => `${detail}; dropped by the gate ${gate}`,
    marked: (segments) => `, ${segments} of them marked`,
    marks: {
      retransmission: 'again',
      'fast-retransmission': 'again, fast',
      'spurious-retransmission': 'again, though it had been acknowledged',
      'out-of-order': 'out of order',
      'duplicate-ack': 'duplicate ACK',
      'keep-alive': 'keep-alive',
      'window-probe': 'window probe',
      'bad-checksum': 'bad checksum',
    },
    absolute: 'Numbers as on the wire',
    seen: 'a state stands where it was seen',
    relative: "Numbers count from each side's SYN",
    band: 'a band on a lifeline: a gate is closed there',
    dropped: '✕ a gate dropped it',
    dashed: 'dashed: it was sent before',
  },
  track: {
    title: 'The states of each socket through time',
    stay: (state, fromMs, lasted) => `${state} from ${fromMs} ms for ${lasted}`,
    gate: (gate) => `gate ${gate}`,
    gateClosed: (duration) => `gate closed ${duration}`,
    times: 'Times in ms',
    folded: 'between dotted lines time is folded: nothing changed there',
    lasting: '… still there when it was last seen',
    failed: '✘ a check failed',
    more: (sockets) => `${sockets} more sockets are not drawn`,
    noSocket: 'No socket was seen in this run.',
  },
  diagram: {
    title: 'The ways of the sockets of this run through the state diagram of RFC 9293',
    listener: (host) => `${host} listener`,
    noSegment: 'no segment',
    seen: 'Seen by a witness.',
    unseen: 'In brackets: too quick to be seen, but there is no other way.',
    counted: (host) => `${host}, so many of its sockets`,
    numbered: (host) => `${host}, its steps by number`,
    shared: 'more than one host',
    absent: 'not walked; in brackets: too quick to be seen',
  },
};
