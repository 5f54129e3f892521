import type { Evidence } from '../exercise/judge/evidence.ts';
import { cookieOfSs, stateOfSsLine } from '../observe/ss.ts';
import type { State } from '../tcp/states.ts';
import type { Row } from './crossing.ts';

/** What one run of `ss` on a host printed. */
export interface SsRun {
  readonly atMs: number;
  /** None when there was no TCP socket. */
  readonly lines: readonly string[];
}

/** The runs of `ss` on a host, in order. */
export function ssRuns(evidence: Evidence, host: string): SsRun[] {
  const byTime = Map.groupBy(evidence.ss(host), ({ atMs }) => atMs);
  return [...byTime].map(([atMs, events]) => ({
    atMs,
    lines: events.flatMap(({ text }) => (text === '' ? [] : [text])),
  }));
}

/** The state that a run of `ss` shows for a socket; CLOSED when it has no line. */
function stateInSs({ lines }: SsRun, cookie: string): State {
  const line = lines.find((text) => cookieOfSs(text) === cookie);
  return line === undefined ? 'CLOSED' : stateOfSsLine(line);
}

/** Whether a run of `ss` agrees with sock_diag about these sockets. */
export function agrees(run: SsRun, rows: readonly Row[]): boolean {
  return rows.every(({ life, state }) => stateInSs(run, life.cookie) === state);
}

/** The lines of a run about these sockets; a sentence when it has none. */
export function linesAbout(run: SsRun, rows: readonly Row[]): string[] {
  const lines = run.lines.filter((text) => rows.some(({ life }) => life.cookie === cookieOfSs(text)));
  return lines.length === 0 ? ['ss prints no line for it'] : lines;
}
