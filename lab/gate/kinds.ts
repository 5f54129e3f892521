import { RAW_MARK } from './raw-mark.ts';

/**
 * The kinds of segment a gate can hold back. Each is told apart by nftables in the kernel; `{id}` stands for the gate's own
 * prefix, so that two gates never share a set. nft(8).
 */
export interface GateKind {
  /** What it holds back, to complete the sentence "this gate drops …". */
  readonly drops: string;
  /** `arriving`: dropped at the input hook of this host. `leaving`: dropped at its output hook. */
  readonly side: 'arriving' | 'leaving';
  /** Sets that its rules use. */
  readonly sets?: readonly string[];
  /** Rules that only remember, whether the gate is open or closed, by hook. */
  readonly remembers?: { readonly arriving?: readonly string[]; readonly leaving?: readonly string[] };
  /** Rules on what the gate has let pass. */
  readonly passed?: readonly string[];
  /** Rules while the gate is closed. `DROP` counts the segment and drops it. */
  readonly closed: readonly string[];
}

const SYN_ONLY = 'tcp flags & (fin | syn | rst | ack) == syn';
const ANY_SYN = 'tcp flags & syn == syn';
const PORT_PAIR = 'typeof tcp sport . tcp dport; flags dynamic; size 65535;';
const PORT_PAIR_AND_NUMBER = 'typeof tcp sport . tcp dport . tcp ackseq; flags dynamic; size 65535;';
const WITH_ACK = 'tcp flags & (syn | rst | ack) == ack';

/** The data offsets a TCP header can have, in words of 4 bytes. */
const DATA_OFFSETS = Array.from({ length: 11 }, (_, n) => n + 5);
/** nftables cannot subtract the headers from a packet's length, so there is a rule for each length of the TCP header. */
const WITH_DATA = DATA_OFFSETS.flatMap((words) => [
  `tcp flags & (syn | rst) == 0 tcp doff ${words} ip hdrlength 5 ip length > ${20 + 4 * words}`,
  `tcp flags & (syn | rst) == 0 tcp doff ${words} ip6 nexthdr tcp ip6 length > ${4 * words}`,
]);

export const GATE_KINDS = {
  syn: { drops: 'every SYN', side: 'arriving', closed: [`${SYN_ONLY} DROP`] },
  'syn-ack': {
    drops: 'every SYN-ACK',
    side: 'arriving',
    closed: ['tcp flags & (fin | syn | rst | ack) == (syn | ack) DROP'],
  },
  'ack-of-syn-ack': {
    drops:
      'whatever would complete a handshake begun while the gate is there: the final ACK, and data that carries it',
    side: 'arriving',
    sets: [`{id}_opening { ${PORT_PAIR} }`],
    remembers: { arriving: [`${SYN_ONLY} add @{id}_opening { tcp sport . tcp dport }`] },
    closed: [`tcp sport . tcp dport @{id}_opening ${WITH_ACK} DROP`],
    passed: [
      `tcp sport . tcp dport @{id}_opening ${WITH_ACK} delete @{id}_opening { tcp sport . tcp dport }`,
    ],
  },
  data: {
    drops: 'every segment that carries data, and so also a FIN that comes with data',
    side: 'arriving',
    closed: WITH_DATA.map((rule) => `${rule} DROP`),
  },
  fin: { drops: 'every FIN', side: 'arriving', closed: ['tcp flags & (fin | rst) == fin DROP'] },
  'fin-after-one': {
    drops: 'every FIN of a connection but the first',
    side: 'arriving',
    sets: [`{id}_passed { ${PORT_PAIR} }`],
    remembers: { arriving: [`${ANY_SYN} delete @{id}_passed { tcp sport . tcp dport }`] },
    closed: [
      'tcp flags & (fin | rst) == fin tcp sport . tcp dport @{id}_passed DROP',
      'tcp flags & (fin | rst) == fin add @{id}_passed { tcp sport . tcp dport }',
    ],
  },
  'ack-of-fin': {
    drops:
      'whatever acknowledges a FIN that this host has sent; what acknowledges only data before it passes',
    side: 'arriving',
    sets: [`{id}_finished { ${PORT_PAIR} }`, `{id}_sent { ${PORT_PAIR_AND_NUMBER} }`],
    remembers: {
      leaving: [
        `${ANY_SYN} delete @{id}_finished { tcp dport . tcp sport }`,
        'tcp flags & (syn | rst) == 0 tcp dport . tcp sport != @{id}_finished add @{id}_sent { tcp dport . tcp sport . tcp sequence }',
        'tcp flags & (fin | rst) == fin add @{id}_finished { tcp dport . tcp sport }',
      ],
    },
    closed: [
      `tcp sport . tcp dport @{id}_finished ${WITH_ACK} tcp sport . tcp dport . tcp ackseq != @{id}_sent DROP`,
    ],
  },
  rst: { drops: 'every RST', side: 'arriving', closed: ['tcp flags & rst == rst DROP'] },
  everything: { drops: 'every TCP segment', side: 'arriving', closed: ['meta l4proto tcp DROP'] },
  'own-rst': {
    drops: "every RST of this host's own kernel; a raw program's own RST passes",
    side: 'leaving',
    closed: [`tcp flags & rst == rst meta mark != ${RAW_MARK} DROP`],
  },
} as const satisfies Record<string, GateKind>;

export type GateName = keyof typeof GATE_KINDS;

/** Every gate's name, in the order of the table above. */
export const GATE_NAMES = Object.keys(GATE_KINDS) as readonly GateName[];

/** A gate that does not exist was asked for. */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly code = 'unknown-gate';
  readonly gate: string;

  constructor(gate: string) {
    super(`no gate "${gate}". The gates are: ${GATE_NAMES.join(', ')}`);
    this.gate = gate;
  }
}

/** The gate of this name. @throws GateError naming the gates there are. */
export function gateNamed(text: string): GateName {
  if (Object.hasOwn(GATE_KINDS, text)) return text as GateName;
  throw new GateError(text);
}
