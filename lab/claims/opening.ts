import type { Connection } from '../exercise/judge/connection.ts';
import { segmentsOf } from '../exercise/judge/evidence.ts';
import type { Life, Stay } from '../exercise/judge/life.ts';
import type { SegmentEvent } from '../observe/timeline.ts';
import { sameEndpoint } from '../tcp/address.ts';
import type { State } from '../tcp/states.ts';
import { shown, Unsettled } from './claim.ts';
import type { Seen } from './run.ts';

/** The three segments that open a connection, whatever the third one carries. @throws Unsettled when one did not come. */
export function handshakeOf(connection: Connection): Record<'syn' | 'synAck' | 'ack', SegmentEvent> {
  const [from, to] = [connection.opener.host, connection.other.host];
  const syn = shown(segmentsOf(connection, { from, flags: 'S' })[0], 'no SYN came');
  const synAck = shown(segmentsOf(connection, { from: to, flags: 'S.' })[0], 'no SYN-ACK came');
  const ack = segmentsOf(connection, { from, has: '.', not: 'SR', afterMs: synAck.atMs })[0];
  return { syn, synAck, ack: shown(ack, 'the last ACK never came') };
}

/** Which state a socket was in at a moment; undefined when it was in none. */
export function stateAt({ stays }: Life, atMs: number): State | undefined {
  return stays.findLast((stay: Stay) => stay.fromMs <= atMs && atMs <= stay.toMs)?.state;
}

/** An old SYN and its replay, and the socket that the server made for the replay. @throws Unsettled when there was none. */
export function replayed({ evidence, plan }: Seen): { syns: [SegmentEvent, SegmentEvent]; server: Life } {
  const [old, again] = evidence.segments({ from: 'client', flags: 'S', destination: { port: plan.port } });
  const replay = shown(again, 'the old SYN never came again');
  if (
    old === undefined ||
    old.segment.seq !== replay.segment.seq ||
    !sameEndpoint(old.segment.source, replay.segment.source)
  )
    throw new Unsettled('the second SYN was not the old one');
  const server = evidence
    .lives('server')
    .find(({ remote, stays }) => remote.port === plan.clientPort && (stays[0]?.fromMs ?? 0) >= replay.atMs);
  return { syns: [old, replay], server: shown(server, 'the server made no socket for the old SYN') };
}
