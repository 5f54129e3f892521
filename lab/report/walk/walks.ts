import type { SegmentEvent, TimelineData } from '../../observe/timeline.ts';
import type { Endpoint } from '../../tcp/address.ts';
import { ACK, FIN, RST, SYN } from '../../tcp/flags.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqBefore } from '../../tcp/sequence.ts';
import type { State } from '../../tcp/states.ts';
import { droppedSegments } from '../dropped-segments.ts';
import { isEndOf, livesOf, type SocketLife } from '../lives.ts';
import { isOneStep, stepsBetween, type WireFacts } from './figure-paths.ts';

/** One step of a socket on the state diagram. */
export interface Step {
  readonly from: State;
  readonly to: State;
  /** `seen`: by a witness. `unseen`: the socket must have gone there, and was too quick. `reset`: an RST was on the wire. `gone`: it
   * left the kernel's table in a way that the figure has not, such as a timeout. */
  readonly how: 'seen' | 'unseen' | 'reset' | 'gone';
}

/** The way of one socket through the state diagram. */
export interface Walk {
  readonly life: SocketLife;
  readonly steps: readonly Step[];
}

/** How long after the RST the kernel's table may still show a socket, in milliseconds. */
const LATE_MS = 50;

/** The way that each socket of a run went. What a gate dropped never came to its host. Pure. */
export function walksOf(timeline: TimelineData): Walk[] {
  const lives = livesOf(timeline);
  const dropped = droppedSegments(timeline.events);
  const segments = timeline.events.filter(
    (event): event is SegmentEvent => event.kind === 'segment' && !dropped.has(event),
  );
  const byPorts = Map.groupBy(segments, ({ segment }) => portsOf(segment.source, segment.destination));
  const listening = new Set(
    lives.flatMap(({ host, local, stays }) =>
      stays.some(({ state }) => state === 'LISTEN') ? [`${host} ${local.port}`] : [],
    ),
  );
  return lives.map((life) => {
    const near = byPorts.get(portsOf(life.local, life.remote)) ?? [];
    const own = near.filter(({ segment }) => isEndOf(life, segment));
    return { life, steps: stepsOf(life, own, listening.has(`${life.host} ${life.local.port}`)) };
  });
}

/** Both ports, in either direction the same. */
function portsOf(a: Endpoint, b: Endpoint): string {
  return a.port < b.port ? `${a.port} ${b.port}` : `${b.port} ${a.port}`;
}

function stepsOf(life: SocketLife, own: readonly SegmentEvent[], isPortListening: boolean): Step[] {
  const states = life.stays.map(({ state }) => state);
  const facts = wireFacts(life.host, own);
  const isPassive = isPortListening && facts.hasSyn && !states.includes('SYN_SENT');
  const first: State = states[0] === 'LISTEN' || states[0] === 'CLOSED' || !isPassive ? 'CLOSED' : 'LISTEN';
  const all = states[0] === first ? states : [first, ...states];
  const steps = all.slice(1).flatMap((state, n) => stepsTo(all[n] as State, state, facts));
  const last = all.at(-1) as State;
  return life.goneMs === undefined || last === 'CLOSED'
    ? steps
    : [...steps, ...ending(life, last, own, { ...facts, isPassive })];
}

function stepsTo(from: State, to: State, facts: WireFacts): Step[] {
  if (isOneStep(from, to, facts)) return [{ from, to, how: 'seen' }];
  return stepsBetween(from, to, facts).map(([a, b]): Step => ({ from: a, to: b, how: 'unseen' }));
}

/** How a socket left the table: by an RST when one was there, else as the figure has it. */
function ending(
  { stays, goneMs = 0 }: SocketLife,
  from: State,
  own: readonly SegmentEvent[],
  facts: WireFacts & { readonly isPassive: boolean },
): Step[] {
  const sinceMs = stays.at(-1)?.fromMs ?? 0;
  const reset = own.some(
    ({ atMs, segment }) =>
      (segment.flags & RST) !== 0 && atMs >= sinceMs - LATE_MS && atMs <= goneMs + LATE_MS,
  );
  if (from === 'SYN_RCVD' && facts.isPassive) return [{ from, to: 'LISTEN', how: reset ? 'reset' : 'gone' }];
  if (reset) return [{ from, to: 'CLOSED', how: 'reset' }];
  const steps = stepsTo(from, 'CLOSED', facts);
  return steps.length === 0 ? [{ from, to: 'CLOSED', how: 'gone' }] : steps;
}

function wireFacts(host: string, own: readonly SegmentEvent[]): WireFacts {
  const hasSyn = own.some(({ to, segment }) => to === host && (segment.flags & (SYN | ACK)) === SYN);
  const fin = own.find(({ from, segment }) => from === host && (segment.flags & FIN) !== 0);
  if (fin === undefined) return { hasSyn, afterFin: undefined };
  const end = segmentEnd(fin.segment);
  for (const { to, segment } of own) {
    if (to !== host) continue;
    const isFin = (segment.flags & FIN) !== 0;
    const isAck = (segment.flags & ACK) !== 0 && !seqBefore(segment.ack, end);
    if (isFin || isAck) return { hasSyn, afterFin: isFin && isAck ? 'both' : isFin ? 'fin' : 'ack' };
  }
  return { hasSyn, afterFin: undefined };
}
