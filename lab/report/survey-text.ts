import type { HeldSurvey, HeldWarning } from '../survey/surveyor.ts';
import { STATES } from '../tcp/states.ts';
import { wrap } from './columns.ts';
import { fitted, type Section } from './survey-fit.ts';
import { acceptQueue, halfOpen, statesInWords } from './survey-words.ts';

type SurveyRole = 'heading' | 'warning' | 'next' | 'note';

export interface SurveyTextOptions {
  /** Whose sockets these are: "this machine". */
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** At most so many lines, each in one row; undefined for as many as it takes. */
  readonly rows?: number;
  readonly paint?: (role: SurveyRole, text: string) => string;
}

/** A look in lines: counts by state, listeners and their queues, peers, what cannot be attributed, and warnings. */
export function surveyLines(survey: HeldSurvey, options: SurveyTextOptions): string[] {
  const { paint = (_, text) => text, width } = options;
  const cut = (line: string): string => (line.length > width ? `${line.slice(0, width - 1)}…` : line);
  const table = ([head, ...rows]: readonly string[]): string[] =>
    head === undefined ? [] : [paint('heading', cut(head)), ...rows.map(cut)];
  const warnings = (detail: Detail): string[] => [
    ...survey.warnings.flatMap((warning) => warningLines(warning, detail, width, paint)),
    ...(survey.warnings.length === 0 && survey.look > 2 ? [paint('note', 'No state piles up.')] : []),
  ];
  const sections: Section[] = [
    { lines: [paint('heading', cut(titleLine(survey, options.title)))] },
    { lines: table(stateRows(survey, options.rows === undefined ? 1 : 2)) },
    { lines: table(listenerRows(survey)), least: 3, more: (n) => cut(`… and ${n} more listeners`) },
    { lines: table(peerRows(survey, width)), least: 3, more: (n) => cut(`… and ${n} more peers`) },
    {
      lines: unattributedLines(survey)
        .flatMap((line) => wrap(line, width))
        .map((line) => paint('note', line)),
    },
    { lines: warnings('all'), shorter: [warnings('next'), warnings('text')] },
    {
      lines: notes(survey)
        .flatMap((line) => wrap(line, width))
        .map((line) => paint('note', line)),
    },
  ];
  return fitted(sections, options.rows);
}

type Detail = 'all' | 'next' | 'text';
type Paint = NonNullable<SurveyTextOptions['paint']>;

function titleLine({ at, sockets, look }: HeldSurvey, title: string): string {
  const time = new Date(at).toLocaleTimeString('en-GB');
  return `${title} · ${time} · ${sockets} ${sockets === 1 ? 'socket' : 'sockets'}${look > 1 ? ` · look ${look}` : ''}`;
}

function stateRows({ states }: HeldSurvey, columns: 1 | 2): string[] {
  const cells = STATES.flatMap((state) =>
    states[state] === undefined ? [] : [cell(state, String(states[state]))],
  );
  if (cells.length === 0) return ['No TCP socket.'];
  const all = [cell('STATE', 'SOCKETS'), ...cells];
  if (columns === 1 || cells.length < 4) return all;
  const half = Math.ceil(cells.length / 2);
  return [
    `${all[0]}    ${all[0]}`,
    ...cells.slice(0, half).map((left, n) => `${left}    ${cells[half + n] ?? ''}`.trimEnd()),
  ];
}

function cell(name: string, value: string): string {
  return name.padEnd(12) + value.padStart(9);
}

function listenerRows({ listeners }: HeldSurvey): string[] {
  if (listeners.length === 0) return [];
  const rows = listeners.map((each) => [name(each), acceptQueue(each), halfOpen(each)] as const);
  const wide = Math.max(20, ...rows.map(([text]) => text.length));
  return [['LISTENER', 'ACCEPT QUEUE', 'HALF-OPEN'] as const, ...rows].map(
    ([first, second, third]) => first.padEnd(wide) + second.padStart(17) + third.padStart(20),
  );
}

function name({ local, sockets }: HeldSurvey['listeners'][number]): string {
  const address = local.address.includes(':') ? `[${local.address}]` : local.address;
  return `${address}:${local.port}${sockets > 1 ? ` (${sockets} sockets)` : ''}`;
}

const MOST_PEERS = 20;

function peerRows({ peers }: HeldSurvey, width: number): string[] {
  if (peers.length === 0) return [];
  const shown = peers.slice(0, MOST_PEERS);
  const wide = Math.max(20, ...shown.map(({ address }) => address.length));
  return [
    `${'PEER'.padEnd(wide)}${'SOCKETS'.padStart(9)}  STATES`,
    ...shown.map(
      ({ address, sockets, states }) =>
        `${address.padEnd(wide)}${String(sockets).padStart(9)}  ${statesInWords(states, width - wide - 11)}`,
    ),
    ...(peers.length > shown.length
      ? [`… and ${peers.length - shown.length} more peers (--json has them all)`]
      : []),
  ];
}

function unattributedLines({ unattributed }: HeldSurvey): string[] {
  if (unattributed === undefined) return [];
  const { timeWait, orphans, onItsPorts, shared } = unattributed;
  const lines = [
    `Not counted, as the kernel keeps no owner of them: ${timeWait} in TIME_WAIT and ${orphans} orphans in this network namespace ` +
      `(${onItsPorts.timeWait} and ${onItsPorts.orphans} on ports this process listens on).`,
  ];
  if (shared > 0)
    lines.push(
      `Nor ${shared} that wait at an address where other processes listen, too (SO_REUSEPORT): whose they are is not shown.`,
    );
  return lines;
}

function warningLines(warning: HeldWarning, detail: Detail, width: number, paint: Paint): string[] {
  const lines = wrap(`! ${warning.text}`, width).map((line) => paint('warning', line));
  const add = (role: SurveyRole | undefined, text: string): void => {
    for (const line of wrap(`  ${text}`, width)) lines.push(role === undefined ? line : paint(role, line));
  };
  if (detail === 'text') return lines;
  if (warning.holders !== undefined) add(undefined, heldBy(warning.holders));
  if (detail === 'all') add(undefined, warning.why);
  add('next', `Next: ${warning.next}`);
  return lines;
}

const MOST_HOLDERS = 4;

function heldBy(holders: NonNullable<HeldWarning['holders']>): string {
  if (holders.length === 0)
    return 'Held by a process that you may not look into. To see which: sudo ./tcplab observe';
  const words = holders
    .slice(0, MOST_HOLDERS)
    .map(({ pid, command, sockets }) => `${command} (process ${pid}): ${sockets}`);
  const more = holders.length - words.length;
  return `Held by ${words.join(', ')}${more > 0 ? `, and ${more} more processes` : ''}`;
}

/** One look cannot tell whether something grows. */
function notes({ look, states, warnings }: HeldSurvey): string[] {
  const many = (['CLOSE_WAIT', 'FIN_WAIT_2', 'LAST_ACK', 'CLOSING'] as const).find(
    (state) => (states[state] ?? 0) >= MANY,
  );
  if (look > 1 || many === undefined || warnings.some(({ code }) => code === 'growing')) return [];
  return [
    `${states[many]} in ${many}: whether they grow in number one look cannot say. Look again: ./tcplab observe --count 5`,
  ];
}

const MANY = 10;
