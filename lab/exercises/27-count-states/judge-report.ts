import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { family, sameAddress, unmapped } from '../../tcp/address.ts';
import { isState, STATES, type State, stateOfSs } from '../../tcp/states.ts';
import { type Moment, printedAt, type Range, READY, READY_AGAIN, tableOf } from './table.ts';

/** One line of a report: `state SYN_RCVD 3`, `peer 198.18.0.2 7`. */
interface Line {
  readonly text: string;
  readonly kind: 'state' | 'peer';
  readonly what: string;
  readonly count: number;
}

/** The lines of the report; whatever else a program prints is none of it. */
function linesOf(evidence: Evidence, moment: Moment = READY): readonly Line[] {
  return printedAt(evidence, moment).flatMap(({ stream, text }) => {
    const [kind, what = '', count = '', ...rest] = text.trim().split(/\s+/);
    if (stream !== 'stdout' || (kind !== 'state' && kind !== 'peer')) return [];
    const isCount = /^\d+$/.test(count) && rest.length === 0;
    return [
      {
        text: text.trim(),
        kind,
        what: what.replaceAll(/[[\]]/g, ''),
        count: isCount ? Number(count) : Number.NaN,
      },
    ];
  });
}

/** What a report says of each state, or of each peer by its plain address; of the same one said twice, the last. */
function saidOf(evidence: Evidence, kind: Line['kind'], moment: Moment = READY): ReadonlyMap<string, Line> {
  const lines = linesOf(evidence, moment).filter((line) => line.kind === kind);
  const keyOf = ({ what }: Line): string => (kind === 'peer' && isAddress(what) ? unmapped(what) : what);
  return new Map(lines.map((line) => [keyOf(line), line]));
}

export function judgeReport(j: Judge): void {
  const lines = linesOf(j.evidence);
  for (const kind of ['state', 'peer'] as const) {
    const example = kind === 'state' ? '`state LISTEN 2`' : '`peer 198.18.0.2 5`';
    j.that(
      lines.some((line) => line.kind === kind),
      {
        host: 'server',
        action: `your program prints lines such as ${example}`,
        expected: `lines such as ${example}`,
        observed: `your program printed no line that begins with "${kind}"`,
        because: `no-${kind}-lines`,
      },
    );
  }
  for (const line of lines) {
    const complaint = complaintOf(line);
    if (complaint === undefined) continue;
    j.that(false, {
      host: 'server',
      action: `the line "${line.text}" can be read`,
      expected: line.kind === 'state' ? '`state STATE COUNT`' : '`peer ADDRESS COUNT`',
      observed: `your program printed "${line.text}", and ${complaint}`,
      because: 'unreadable',
    });
  }
}

function complaintOf({ kind, what, count }: Line): string | undefined {
  if (Number.isNaN(count)) return 'its third word, and last, should be a number';
  if (kind === 'peer') return isAddress(what) || isAnybody(what) ? undefined : `${what} is no address`;
  if (isState(what)) return undefined;
  const meant = meantBy(what);
  return meant === undefined
    ? `${what} is no state; the states are ${STATES.join(', ')}`
    : `${what} is ss's word for ${meant}`;
}

function meantBy(word: string): State | undefined {
  try {
    return stateOfSs(word);
  } catch {
    return undefined;
  }
}

function isAddress(text: string): boolean {
  try {
    return family(text) > 0;
  } catch {
    return false;
  }
}

export function judgeListed(j: Judge): void {
  const { counts, untilMs } = tableOf(j.evidence);
  const said = saidOf(j.evidence, 'state');
  const missing = STATES.filter((state) => (counts.get(state)?.least ?? 0) > 0 && !said.has(state));
  j.that(missing.length === 0, {
    host: 'server',
    action: "every state of the kernel's table is in the report",
    expected: `a line for each of the ${counts.size} states that a socket was in`,
    observed: `there is no line for ${inWords(missing)}`,
    because: 'states-missing',
    atMs: untilMs,
  });
}

export function judgeCounts(j: Judge, moment: Moment = READY): void {
  const { counts, untilMs } = tableOf(j.evidence, moment);
  for (const [state, { count }] of saidOf(j.evidence, 'state', moment)) {
    const range = counts.get(state as State) ?? { least: 0, most: 0 };
    j.that(within(range, count), {
      host: 'server',
      action: `the report has ${count} in ${state}`,
      expected: `${sockets(range)} in ${state}`,
      observed: `the report has ${count}`,
      because: 'wrong-count',
      atMs: untilMs,
    });
  }
}

export function judgeNamed(j: Judge): void {
  const { peers, untilMs } = tableOf(j.evidence);
  const lines = linesOf(j.evidence).filter(({ kind }) => kind === 'peer');
  const observation = { host: 'server', because: 'wrong-peer', atMs: untilMs };
  for (const [n, { what }] of lines.entries()) {
    const other = isAnybody(what)
      ? undefined
      : lines.slice(0, n).find((before) => before.what !== what && sameAddress(before.what, what));
    const isOwn = other === undefined && !isAnybody(what);
    j.that(isOwn && peers.has(unmapped(what)), {
      ...observation,
      action: `the server has connections with ${what}, a machine of its own`,
      expected: isOwn
        ? "only addresses of the machines at the other ends of the server's connections"
        : 'one line for each machine at the other end of a connection',
      observed:
        other === undefined
          ? notAPeer(j.evidence, what)
          : `${what} is the same machine as ${other.what}, and the report has both`,
    });
  }
  const missing = [...peers].filter(
    ([peer, { least }]) => least > 0 && !lines.some(({ what }) => sameAddress(what, peer)),
  );
  j.that(missing.length === 0, {
    ...observation,
    action: 'every machine with a connection is in the report',
    expected: `a line for each of the ${peers.size} addresses that the server's connections lead to`,
    observed: `there is no line for ${inWords(missing.map(([peer]) => peer))}`,
  });
}

/** What ss prints where the other end would be, for a socket that has none. */
function isAnybody(address: string): boolean {
  return ['*', '0.0.0.0', '::'].includes(address);
}

function notAPeer(evidence: Evidence, address: string): string {
  if (isAnybody(address))
    return `the report has ${address}, which is what stands beside a listener: a listener has no peer`;
  if (evidence.isAt('server', unmapped(address)))
    return `the report has ${address}, which is the server itself: the peer is the other end`;
  return `the report has ${address}, and the server has no connection with it`;
}

/** The same program, after the table has changed: whoever knows the numbers beforehand does not know these. */
export function judgeAgain(j: Judge): void {
  j.that(linesOf(j.evidence, READY_AGAIN).length > 0, {
    host: 'server',
    action: 'your program reports a second time',
    expected: 'a second report, when it is started again',
    observed: 'it printed no line of a report then',
    because: 'no-second-report',
  });
  judgeCounts(j, READY_AGAIN);
  judgePeers(j, READY_AGAIN);
}

export function judgePeers(j: Judge, moment: Moment = READY): void {
  const { peers, untilMs } = tableOf(j.evidence, moment);
  for (const [peer, { count }] of saidOf(j.evidence, 'peer', moment)) {
    const range = peers.get(peer) ?? { least: 0, most: 0 };
    j.that(within(range, count), {
      host: 'server',
      action: `the report has ${count} with ${peer}`,
      expected: `${sockets(range, 'connection')} with ${peer}`,
      observed: `the report has ${count}`,
      because: 'wrong-count',
      atMs: untilMs,
    });
  }
}

function within({ least, most }: Range, count: number): boolean {
  return count >= least && count <= most;
}

function sockets({ least, most }: Range, what = 'socket'): string {
  const number = least === most ? String(least) : `${least} to ${most}`;
  return `${number} ${what}${number === '1' ? '' : 's'}`;
}

function inWords(words: readonly string[]): string {
  if (words.length < 2) return words.join();
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
