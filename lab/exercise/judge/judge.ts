import { segmentLine } from '../../observe/lines.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import { formatFlags } from '../../tcp/flags.ts';
import { describePattern, type SegmentPattern } from '../../tcp/pattern.ts';
import type { State } from '../../tcp/states.ts';
import type { Plan } from '../plan.ts';
import { type Connection, relative } from './connection.ts';
import { type Evidence, type SegmentQuery, segmentsOf } from './evidence.ts';
import { describeLife, duration, type Life, type Stay, stayIn } from './life.ts';
import { type Expected, walk } from './path.ts';
import { type Finding, Inconclusive, NotMet, type Step } from './step.ts';

/** How long before the look that no longer shows a state it may have ended, for a hold to count to that look. */
const UNSEEN_MS = 250;

/** What a sentence needs beyond what was looked for. */
interface Words {
  /** The step in words, when the plain ones do not say enough. */
  readonly action?: string;
  /** Short and stable, for machines. */
  readonly because?: string;
  /** What to try next. */
  readonly help?: string;
}

/**
 * Holds the evidence against one check, step by step. Each method is one step: it is noted, and the first that is not met ends
 * the check, with what was expected and what the kernel showed instead.
 */
export class Judge {
  readonly evidence: Evidence;
  readonly plan: Plan;
  readonly steps: Step[] = [];

  constructor(evidence: Evidence, plan: Plan) {
    this.evidence = evidence;
    this.plan = plan;
  }

  /** The general step. @throws NotMet unless `met`. */
  that(met: boolean, finding: Finding): void {
    const atMs = finding.atMs ?? this.evidence.endMs;
    const { host, action, expected, observed } = finding;
    const step = { n: this.steps.length + 1, ...(host === undefined ? {} : { host }), action, atMs };
    this.steps.push(met ? step : { ...step, expected, observed });
    if (!met) throw new NotMet(finding);
  }

  /** The general step, for something that must be there. @throws NotMet when it is undefined. */
  found<T>(value: T | undefined, finding: Finding): T {
    this.that(value !== undefined, finding);
    return value as T;
  }

  /**
   * The `nth` connection (from 0) that `from` opened to `to`: a SYN arrived there, at `port`, the plan's when not said.
   * Retransmissions of a SYN belong to one connection.
   */
  connection(
    from: string,
    to: string,
    {
      port = this.plan.port,
      nth = 0,
      ...words
    }: Words & { readonly port?: number; readonly nth?: number } = {},
  ): Connection {
    const all = this.evidence.connections({ from, to, port });
    const found = all[nth];
    const at = formatEndpoint({ address: this.evidence.addresses(to).at(-1) ?? '0.0.0.0', port });
    const which = nth === 0 ? 'a SYN' : `SYN number ${nth + 1}`;
    return this.found(found, {
      host: from,
      action: words.action ?? `the ${from} sends ${which} to ${at}`,
      expected: `${which} from the ${from} to ${at}`,
      observed:
        all.length === 0
          ? `no SYN from the ${from} arrived there in the ${duration(this.evidence.endMs)} of the run`
          : `only ${all.length === 1 ? 'one connection was' : `${all.length} connections were`} opened`,
      because: words.because ?? 'no-syn',
      atMs: found?.fromMs ?? this.evidence.endMs,
      ...help(words),
    });
  }

  /** The first segment of a connection that `host` sent and that fits; it arrived at the other end. */
  sent(connection: Connection, host: string, query: SegmentQuery, words: Words = {}): SegmentEvent {
    const found = segmentsOf(connection, { ...query, from: host })[0];
    const what = describePattern(counted(connection, host, query));
    const when = query.afterMs === undefined ? '' : ' after that';
    return this.found(found, {
      host,
      action: words.action ?? `the ${host} sends ${what}`,
      expected: `${what} from the ${host}${when}`,
      observed: `the ${host} sent ${summary(segmentsOf(connection, { ...times(query), from: host }))}${when}`,
      because: words.because ?? 'not-sent',
      atMs: found?.atMs ?? this.evidence.endMs,
      ...(found === undefined ? {} : { segments: [found] }),
      ...help(words),
    });
  }

  /** `host` never sent a segment of this connection that fits. */
  notSent(connection: Connection, host: string, query: SegmentQuery, words: Words = {}): void {
    const found = segmentsOf(connection, { ...query, from: host })[0];
    const what = describePattern(counted(connection, host, query));
    this.that(found === undefined, {
      host,
      action: words.action ?? `the ${host} sends no ${what.replace(/^an? /, '')}`,
      expected: `no ${what.replace(/^an? /, '')} from the ${host}`,
      observed:
        found === undefined
          ? ''
          : `the ${host} sent ${nameOf(found)} ${duration(found.atMs - connection.fromMs)} after the first SYN`,
      because: words.because ?? 'sent',
      atMs: found?.atMs ?? this.evidence.endMs,
      ...(found === undefined ? {} : { segments: [found] }),
      ...help(words),
    });
  }

  /** The socket that a host's kernel had for a connection. */
  socket(connection: Connection, host: string, words: Words = {}): Life {
    const found = this.evidence.life(connection, host);
    return this.found(found, {
      host,
      action: words.action ?? `the ${host}'s kernel has a socket for the connection`,
      expected: `a socket on the ${host} for ${formatEndpoint(connection.opener.endpoint)} and ${formatEndpoint(connection.other.endpoint)}`,
      observed: `the kernel of the ${host} never showed one`,
      because: words.because ?? 'no-socket',
      atMs: found?.stays[0]?.fromMs ?? this.evidence.endMs,
      ...help(words),
    });
  }

  /** A socket was seen in a state. CLOSED is not a state to be seen in: see `gone`. */
  reaches(life: Life, state: State, words: Words = {}): Stay {
    const found = stayIn(life, state);
    return this.found(found, {
      host: life.host,
      action: words.action ?? `the ${life.host} reaches ${state}`,
      expected: `${state} on the ${life.host}`,
      observed: `the ${life.host} showed ${describeLife(life)}`,
      because: words.because ?? 'not-reached',
      atMs: found?.fromMs ?? this.evidence.endMs,
      ...help(words),
    });
  }

  /**
   * A socket was in a state for at least `ms` milliseconds, without a break: from the first look that showed it, or from
   * `sinceMs` on, when a segment proves that it was in it already then.
   * @throws NotMet; Inconclusive when the lab did not look while it may have been left too early.
   */
  holds(life: Life, state: State, ms: number, words: Words & { readonly sinceMs?: number } = {}): Stay {
    const stay = this.reaches(life, state, { ...words, action: `the ${life.host} reaches ${state}` });
    const sinceMs = Math.min(stay.fromMs, words.sinceMs ?? stay.fromMs);
    const heldMs = stay.toMs - sinceMs;
    const unseenMs = stay.toMs - stay.seenToMs;
    if (heldMs >= ms && heldMs - unseenMs < ms && unseenMs > UNSEEN_MS)
      throw new Inconclusive(
        `The lab did not get to look at the ${life.host} for ${duration(unseenMs)}, and in that time it left ${state}.`,
      );
    const next = life.stays[life.stays.indexOf(stay) + 1]?.state ?? (stay.lasting ? undefined : 'CLOSED');
    const after = next === undefined ? 'the run ended then' : `then it went to ${next}`;
    this.that(heldMs >= ms, {
      host: life.host,
      action: words.action ?? `the ${life.host} stays in ${state} for ${duration(ms)}`,
      expected: `${state} for at least ${duration(ms)}`,
      observed: `the ${life.host} was in ${state} for ${duration(heldMs)}; ${after}`,
      because: words.because ?? 'left-early',
      atMs: stay.toMs,
      ...help(words),
    });
    return stay;
  }

  /**
   * A socket went through these states, in this order, and through no other. A `?` behind a state lets it be too short to be
   * seen: `['SYN_SENT?', 'ESTABLISHED', 'CLOSED']`. CLOSED at the end means that the socket is gone.
   */
  passes(life: Life, path: readonly Expected[], words: Words = {}): void {
    const wrong = walk(life, path);
    const shown = path.map((each) => each.replace('?', '')).join(' → ');
    this.that(wrong === undefined, {
      host: life.host,
      action: words.action ?? `the ${life.host} goes through ${shown}`,
      expected: `on the ${life.host}: ${shown}`,
      observed: `the ${life.host} showed ${describeLife(life)}`,
      because: words.because ?? 'wrong-path',
      atMs: wrong ?? life.stays.at(-1)?.fromMs ?? this.evidence.endMs,
      ...help(words),
    });
  }

  /** A socket is no longer in the kernel's table. @returns when it went, in milliseconds. */
  gone(life: Life, words: Words = {}): number {
    const last = life.stays.at(-1)?.state ?? 'CLOSED';
    return this.found(life.goneMs, {
      host: life.host,
      action: words.action ?? `the ${life.host}'s socket is gone: CLOSED`,
      expected: `no socket left on the ${life.host}`,
      observed: `the ${life.host} still had it in ${last} when the run ended`,
      because: words.because ?? 'still-there',
      atMs: life.goneMs ?? this.evidence.endMs,
      ...help(words),
    });
  }
}

function help(words: Words): { help?: string } {
  return words.help === undefined ? {} : { help: words.help };
}

/** A pattern for people: sequence numbers counted from each side's SYN, and whatever is no part of a pattern left out. */
function counted(
  connection: Connection,
  host: string,
  { from: _from, to: _to, afterMs: _after, beforeMs: _before, ...pattern }: SegmentQuery,
): SegmentPattern {
  const peer = connection.opener.host === host ? connection.other.host : connection.opener.host;
  const { seq, ack, ...rest } = pattern;
  return {
    ...rest,
    ...(seq === undefined ? {} : { seq: relative(connection, host, seq) }),
    ...(ack === undefined ? {} : { ack: relative(connection, peer, ack) }),
  };
}

/** What a segment is called: `a SYN`, `data`, `an RST`. */
function nameOf({ segment }: SegmentEvent): string {
  const data = segment.payload.length > 0 ? ({ payload: 'some' } as const) : {};
  return describePattern({ flags: formatFlags(segment.flags), ...data });
}

function times({ afterMs, beforeMs }: SegmentQuery): SegmentQuery {
  return { ...(afterMs === undefined ? {} : { afterMs }), ...(beforeMs === undefined ? {} : { beforeMs }) };
}

/** Segments in a few words: `nothing`, `only a SYN`, `3 segments (S, ., F.)`. */
function summary(segments: readonly SegmentEvent[]): string {
  if (segments.length === 0) return 'nothing';
  const words = segments
    .slice(0, 6)
    .map((event) => segmentLine(event).trim().split('  ').slice(3).join(' ').split(' ')[0]);
  const more = segments.length > 6 ? ', …' : '';
  return `${segments.length === 1 ? 'one segment' : `${segments.length} segments`} (${words.join(', ')}${more})`;
}
