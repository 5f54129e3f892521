import {
  beginsWithSyn,
  type Connection,
  connectionsOf,
  isEndOf,
} from '../../lab/exercise/judge/connection.ts';
import { Evidence } from '../../lab/exercise/judge/evidence.ts';
import type { Life } from '../../lab/exercise/judge/life.ts';
import type { TimelineData } from '../../lab/observe/timeline.ts';
import type { State } from '../../lab/tcp/states.ts';
import { isTransition, reachable } from '../../lab/tcp/transitions.ts';
import { type End, endOf, stepsBetween, stepsOnWire } from './wire-steps.ts';

/** A look has its time after it has its rows: on a busy machine they may be older by so many milliseconds. */
const OLDER_MS = 150;
/** By how much a segment's time may be wrong beside a look's, in milliseconds. */
const SLACK_MS = 0.5;

/** Steps that may hide another state, which was too short for any look. */
const MAY_HIDE = ['SYN_SENT → ESTABLISHED', 'SYN_RCVD → FIN_WAIT_1', 'FIN_WAIT_1 → TIME_WAIT'];

/**
 * By host: every way that one of its sockets has gone, `CLOSED → SYN_SENT → ESTABLISHED` and the like, each once, in alphabetical
 * order. A way is what the socket table showed, without durations. What was too short for a look, a state or a whole socket, is
 * read off the wire, so that a way does not depend on when looks were taken. A passive socket begins at its listener.
 */
export function canonicalPaths(timeline: TimelineData): Record<string, string[]> {
  const evidence = new Evidence(timeline);
  const connections = connectionsOf(evidence.segments()).filter(beginsWithSyn);
  return Object.fromEntries(
    evidence.hosts.map((host) => {
      const shown = evidence.lives(host).map((life) => ({ life, of: connectionOf(life, connections) }));
      const unseen = connections.filter(
        (connection) =>
          [connection.opener.host, connection.other.host].includes(host) &&
          !shown.some(({ of }) => of === connection),
      );
      const ways = [
        ...shown.map(({ life, of }) => wayOf(life, of && endOf(of, host))),
        ...unseen.map((connection) => stepsOnWire(endOf(connection, host))),
      ];
      return [host, [...new Set(ways.map((way) => way.join(' → ')))].sort()];
    }),
  );
}

/** Of the connections between a socket's two endpoints the last that had begun when the socket was first seen. */
function connectionOf(life: Life, connections: readonly Connection[]): Connection | undefined {
  const bornMs = (life.stays[0]?.fromMs ?? 0) + SLACK_MS;
  return connections.findLast((connection) => connection.fromMs <= bornMs && isEndOf(life, connection));
}

function wayOf(life: Life, end: End | undefined): State[] {
  const origin = { state: originOf(life, end), seenToMs: 0 };
  const shown = [
    origin,
    ...life.stays,
    ...(life.goneMs === undefined
      ? []
      : [{ state: endOfLife(life, end, life.goneMs), fromMs: life.goneMs, seenToMs: life.goneMs }]),
  ];
  return shown.flatMap((next, n) => {
    const before = shown[n - 1];
    if (before === undefined || !('fromMs' in next)) return [next.state];
    return steps(end, before.state, next.state, before.seenToMs, next.fromMs);
  });
}

/** Where it came from: an active open or a listener begins at CLOSED, a passive open at its listener. */
function originOf({ stays }: Life, end: End | undefined): State {
  const first = stays[0]?.state;
  return end?.opens === true || first === 'LISTEN' || first === 'SYN_SENT' ? 'CLOSED' : 'LISTEN';
}

/** Where a socket went that is in the table no longer: one that belonged to no program yet is its listener's, unless the ACK came. */
function endOfLife({ stays }: Life, end: End | undefined, goneMs: number): State {
  const last = stays.at(-1);
  if (last?.state !== 'SYN_RCVD' || last.rows.at(-1)?.socket.inode !== 0) return 'CLOSED';
  const between = { fromMs: last.seenToMs - OLDER_MS, toMs: goneMs + SLACK_MS };
  return end && stepsBetween(end, 'SYN_RCVD', 'CLOSED', between)?.includes('ESTABLISHED')
    ? 'CLOSED'
    : 'LISTEN';
}

/** The states after `from`, up to and with `to`, between a look that still showed the one and a look that showed the other. */
function steps(end: End | undefined, from: State, to: State, fromMs: number, toMs: number): State[] {
  const isPlain = isTransition(from, to) && to !== 'CLOSED' && !MAY_HIDE.includes(`${from} → ${to}`);
  if (isPlain || to === 'LISTEN') return [to];
  const between = { fromMs: fromMs - OLDER_MS, toMs: toMs + SLACK_MS };
  return ((end && stepsBetween(end, from, to, between)) ??
    (isTransition(from, to) ? [to] : (reachable(from, to)?.slice(1) ?? [to]))) as State[];
}
