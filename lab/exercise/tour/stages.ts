import type { GateName } from '../../gate/kinds.ts';
import type { State } from '../../tcp/states.ts';
import type { Sent, WireReason } from './wire.ts';

/** How a held state is released. */
export type Release =
  /** Opens the stage's gate: the network delivers again. */
  | { readonly by: 'gate' }
  /** Stops a program; a raw one then sends what it withheld. */
  | { readonly by: 'stop'; readonly host: 'client' | 'server' }
  /** Starts one more program. */
  | { readonly by: 'start'; readonly host: 'client' | 'server'; readonly program: string };

/** One state of the tour: which programs bring it about, on which host, held by what, released by what, and why. */
export interface Stage {
  readonly state: State;
  /** The host that is in the state. */
  readonly host: 'client' | 'server';
  readonly server?: string;
  readonly client?: string;
  readonly gates?: readonly { readonly host: 'client' | 'server'; readonly gate: GateName }[];
  /** Sysctls that this state needs on both hosts. */
  readonly knobs?: Readonly<Record<string, string>>;
  readonly wire: WireReason;
  readonly release: Release;
  /** The states that may follow; CLOSED stands for a socket that is gone. */
  readonly next: readonly State[];
}

const client = (flags: string): Sent => ({ by: 'client', flags });
const server = (flags: string): Sent => ({ by: 'server', flags });
const clientAcks = (flags: string): Sent => ({ by: 'client', flags, acknowledges: true });
const serverAcks = (flags: string): Sent => ({ by: 'server', flags, acknowledges: true });

const HANDSHAKE = [client('S'), serverAcks('S.'), clientAcks('.')];
const NO_RESET = [client('R.?'), server('R.?')];
const NO_FIN = [client('FP?.'), server('FP?.')];

/** The eleven states, in the order of RFC 9293 figure 5. */
export const STAGES: readonly Stage[] = [
  {
    state: 'CLOSED',
    host: 'server',
    client: 'clients/connect.ts',
    wire: { saw: [client('S'), serverAcks('R.')], never: [server('S.')] },
    release: { by: 'start', host: 'server', program: 'servers/listen.ts' },
    next: ['LISTEN'],
  },
  {
    state: 'LISTEN',
    host: 'server',
    server: 'servers/listen.ts',
    wire: { saw: [], never: [client('S'), server('S.')] },
    release: { by: 'stop', host: 'server' },
    next: ['CLOSED'],
  },
  {
    state: 'SYN_SENT',
    host: 'client',
    server: 'servers/withhold-syn-ack.ts',
    client: 'clients/connect.ts',
    gates: [{ host: 'server', gate: 'own-rst' }],
    wire: { saw: [client('S')], never: [server('S.'), ...NO_RESET] },
    release: { by: 'stop', host: 'server' },
    next: ['ESTABLISHED'],
  },
  {
    state: 'SYN_RCVD',
    host: 'server',
    server: 'servers/echo.ts',
    client: 'clients/withhold-ack.ts',
    gates: [{ host: 'client', gate: 'own-rst' }],
    wire: { saw: [client('S'), serverAcks('S.')], never: [client('P?.'), ...NO_RESET] },
    release: { by: 'stop', host: 'client' },
    next: ['ESTABLISHED'],
  },
  {
    state: 'ESTABLISHED',
    host: 'client',
    server: 'servers/echo.ts',
    client: 'clients/connect.ts',
    wire: { saw: HANDSHAKE, never: [...NO_FIN, ...NO_RESET] },
    release: { by: 'stop', host: 'client' },
    next: ['FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT', 'CLOSED'],
  },
  {
    state: 'FIN_WAIT_1',
    host: 'client',
    server: 'servers/never-close.ts',
    client: 'clients/close.ts',
    gates: [{ host: 'server', gate: 'fin' }],
    wire: { saw: [...HANDSHAKE, client('F.')], never: [server('FP?.'), ...NO_RESET] },
    release: { by: 'gate' },
    next: ['FIN_WAIT_2'],
  },
  {
    state: 'FIN_WAIT_2',
    host: 'client',
    server: 'servers/never-close.ts',
    client: 'clients/half-close.ts',
    wire: { saw: [...HANDSHAKE, client('F.'), serverAcks('.')], never: [server('FP?.'), ...NO_RESET] },
    release: { by: 'stop', host: 'server' },
    next: ['TIME_WAIT'],
  },
  {
    state: 'CLOSE_WAIT',
    host: 'server',
    server: 'servers/never-close.ts',
    client: 'clients/close.ts',
    wire: { saw: [...HANDSHAKE, client('F.')], never: [server('FP?.'), ...NO_RESET] },
    release: { by: 'stop', host: 'server' },
    next: ['LAST_ACK', 'CLOSED'],
  },
  {
    state: 'CLOSING',
    host: 'server',
    server: 'servers/close-first.ts',
    client: 'clients/cross-fin.ts',
    gates: [{ host: 'client', gate: 'own-rst' }],
    wire: { saw: [...HANDSHAKE, server('F.'), client('F.')], never: NO_RESET },
    release: { by: 'stop', host: 'client' },
    next: ['TIME_WAIT'],
  },
  {
    state: 'LAST_ACK',
    host: 'server',
    server: 'servers/close-last.ts',
    client: 'clients/close.ts',
    gates: [{ host: 'server', gate: 'ack-of-fin' }],
    wire: { saw: [...HANDSHAKE, client('F.'), serverAcks('F.')], never: NO_RESET },
    release: { by: 'gate' },
    next: ['CLOSED'],
  },
  {
    state: 'TIME_WAIT',
    host: 'server',
    server: 'servers/close-first.ts',
    client: 'clients/same-port.ts',
    // An ACK of the client that another processor delivers late is answered from TIME_WAIT, the client's host answers that
    // with RST, and the RST would end the state: TIME-WAIT assassination, RFC 1337.
    knobs: { tcp_rfc1337: '1' },
    wire: {
      saw: [...HANDSHAKE, server('F.'), clientAcks('F.'), serverAcks('.')],
      never: [server('R.?')],
    },
    release: { by: 'start', host: 'client', program: 'clients/same-port.ts' },
    next: ['CLOSED', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
  },
];

/**
 * Which stages begin first: those whose release waits for a retransmission timer, for the others can use that time; then
 * those whose release needs one more program, for they have the most programs to start one after another.
 */
const URGENCY = { gate: 20, start: 10, stop: 0 } as const;

/** How early a stage should begin: the higher, the earlier. */
export function urgency(stage: Stage): number {
  return URGENCY[stage.release.by];
}

/** Every program the stages use, each once, as its path below the root. */
export function stagePrograms(): string[] {
  const used = STAGES.flatMap(({ server, client, release }) => [
    server,
    client,
    release.by === 'start' ? release.program : undefined,
  ]);
  return [...new Set(used.filter((program) => program !== undefined))];
}
