import type { Connection } from '../exercise/judge/connection.ts';
import { segmentsOf } from '../exercise/judge/evidence.ts';
import { type Life, type Stay, stayIn } from '../exercise/judge/life.ts';
import type { SegmentEvent } from '../observe/timeline.ts';
import { segmentEnd } from '../tcp/segment.ts';
import type { State } from '../tcp/states.ts';
import { shown } from './claim.ts';
import type { Seen } from './run.ts';

/** The `nth` connection (from 0) that the client opened to a port of the server, the plan's when not said. @throws Unsettled. */
export function opened({ evidence, plan }: Seen, nth = 0, port = plan.port): Connection {
  const connection = evidence.connections({ from: 'client', to: 'server', port })[nth];
  return shown(connection, `SYN number ${nth + 1} of the client to port ${port} never came`);
}

/** The first FIN from a host that arrived. @throws Unsettled. */
export function finOf(connection: Connection, host: string): SegmentEvent {
  return shown(segmentsOf(connection, { from: host, has: 'F' })[0], `no FIN from the ${host}`);
}

/** The first RST from a host that arrived, after a moment when said. @throws Unsettled. */
export function resetOf(connection: Connection, host: string, afterMs = 0): SegmentEvent {
  return shown(segmentsOf(connection, { from: host, has: 'R', afterMs })[0], `no RST from the ${host}`);
}

/** The first segment that acknowledges all of another one. @throws Unsettled. */
export function ackOf(connection: Connection, { segment, from, to, atMs }: SegmentEvent): SegmentEvent {
  const ack = segmentsOf(connection, { from: to, has: '.', ack: segmentEnd(segment), afterMs: atMs })[0];
  return shown(ack, `nothing acknowledged what the ${from} sent`);
}

/** The socket of a host for a connection. @throws Unsettled. */
export function socketOf({ evidence }: Seen, connection: Connection, host: string): Life {
  return shown(evidence.life(connection, host), `the ${host} showed no socket of the connection`);
}

/** The first socket of a host that was seen in TIME_WAIT, where a later connection has the same two ends. @throws Unsettled. */
export function firstTimeWait({ evidence }: Seen, host: string): Life {
  const life = evidence.lives(host).find((each) => stayIn(each, 'TIME_WAIT') !== undefined);
  return shown(life, `TIME_WAIT was not seen on the ${host}`);
}

/** The time that a socket spent in a state. @throws Unsettled. */
export function stayOf(life: Life, state: State): Stay {
  return shown(stayIn(life, state), `${state} was not seen on the ${life.host}`);
}

/** When a step of the scenario was taken, in milliseconds. @throws Unsettled. */
export function timeOf({ evidence }: Seen, step: string): number {
  return shown(evidence.when(step), `the run did not get to "${step}"`);
}
