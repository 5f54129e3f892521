import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Life } from '../../exercise/judge/life.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';
import type { Cause, HostName, Service } from './services.ts';

/** The step at which all three services are sick. */
export const SICK = 'all three services are sick';

/** What the kernels of both hosts had of one service at that moment. */
export interface Facts {
  readonly service: Service;
  readonly listener: SocketRecord | undefined;
  readonly server: readonly SocketRecord[];
  readonly client: readonly SocketRecord[];
}

export function factsOf(evidence: Evidence, service: Service): Facts {
  const atMs = evidence.when(SICK) ?? evidence.endMs;
  const rows = (host: HostName): SocketRecord[] =>
    evidence.lives(host).flatMap((life) => {
      const row = rowAt(life, atMs);
      return row === undefined ? [] : [row];
    });
  const atServer = rows(service.server).filter(({ local }) => local.port === service.port);
  return {
    service,
    listener: atServer.find(({ state }) => state === 'LISTEN'),
    server: atServer.filter(({ state }) => state !== 'LISTEN'),
    client: rows(service.client).filter(({ remote }) => remote.port === service.port),
  };
}

function rowAt({ stays }: Life, atMs: number): SocketRecord | undefined {
  const stay = stays.findLast(({ fromMs, toMs }) => fromMs <= atMs && toMs > atMs);
  return stay?.rows.findLast((row) => row.atMs <= atMs)?.socket;
}

/** A service's sockets on a host that is one of its ends; none on another. */
export function socketsOn({ service, server, client }: Facts, host: string): readonly SocketRecord[] {
  if (host === service.server) return server;
  return host === service.client ? client : [];
}

export function inState(sockets: readonly SocketRecord[], state: string): number {
  return sockets.filter((socket) => socket.state === state).length;
}

/** Whether a state is that of most of a service's connections on a host. */
export function isPile(facts: Facts, host: string, state: string): boolean {
  const size = Math.max(facts.server.length, facts.client.length);
  return size > 0 && inState(socketsOn(facts, host), state) >= size / 2;
}

/** Why the kernels' tables do not bear a cause out, as a clause; undefined when they do. Of the seven exactly one fits. */
export const REFUTE: Readonly<Record<Cause, (facts: Facts) => string | undefined>> = {
  'server-never-closes': (facts) =>
    piled(facts, 'server', 'CLOSE_WAIT')
      ? undefined
      : `the server, ${facts.service.server}, has no connections in CLOSE_WAIT, where they wait for it to close`,
  'server-never-accepts': ({ listener, service }) =>
    listener !== undefined && listener.receiveQueue > listener.sendQueue
      ? undefined
      : `the listener's queue on ${service.server} is not full: Recv-Q is ${listener?.receiveQueue ?? 0}, and Send-Q, its limit, ${listener?.sendQueue ?? 0}`,
  'server-never-reads': ({ server, service }) =>
    server.filter(({ state, receiveQueue }) => state === 'ESTABLISHED' && receiveQueue > 0).length * 2 >
    server.length
      ? undefined
      : `no bytes wait to be read in the Recv-Q of the connections on ${service.server}`,
  'handshake-filtered': (facts) =>
    piled(facts, 'server', 'SYN_RCVD') && piled(facts, 'client', 'SYN_SENT')
      ? undefined
      : `that would show as SYN_RCVD on ${facts.service.server} and as SYN_SENT on ${facts.service.client}, and not both are there`,
  'syn-flood': (facts) => {
    const { server, client } = facts.service;
    if (!piled(facts, 'server', 'SYN_RCVD')) return `${server} has no requests in SYN_RCVD`;
    return facts.client.length === 0
      ? undefined
      : `${client} has sockets of its own for these connections: somebody there does want to connect`;
  },
  'ports-used-up': (facts) =>
    piled(facts, 'client', 'TIME_WAIT')
      ? undefined
      : `the client, ${facts.service.client}, has no ports of this service in TIME_WAIT`,
  'client-vanished': (facts) => {
    const { server, client } = facts.service;
    if (facts.client.length > 0) return `${client} still has sockets of this service`;
    return piled(facts, 'server', 'ESTABLISHED')
      ? undefined
      : `${server} has no connections in ESTABLISHED that ${client} knows nothing of`;
  },
};

function piled(facts: Facts, end: 'server' | 'client', state: State): boolean {
  return isPile(facts, facts.service[end], state);
}
