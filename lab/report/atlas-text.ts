import type { EvidenceLine, Verdict } from '../atlas/finding.ts';
import type { EdgeResult } from '../atlas/provoke.ts';
import { STATES } from '../tcp/states.ts';

/** One sign a verdict, told apart without colour. */
export const MARKS: Readonly<Record<Verdict, string>> = {
  observed: '✔',
  unreachable: '∅',
  deviates: '≠',
  pending: '…',
  unsettled: '✘',
};

const STATE = Math.max(...STATES.map((state) => state.length));
const EVENT = 'rcv FIN,ACK of FIN'.length;
const VERDICT = 'unreachable'.length;
const WITNESSES = 'sock_diag, ss, segments, trace'.length;

const NAMES: Readonly<Record<EvidenceLine['kind'], string | undefined>> = {
  sock_diag: 'sock_diag',
  ss: 'ss',
  segment: 'segments',
  trace: 'trace',
  // What a program prints is quoted, and is no witness.
  program: undefined,
};

/** The witnesses of a finding, each once. */
export function witnesses({ evidence }: Pick<EdgeResult, 'evidence'>): string[] {
  return [...new Set(evidence.map(({ kind }) => NAMES[kind]))].filter((name) => name !== undefined);
}

/** An edge in one line: its verdict, its ends, its event, and who saw it. */
export function atlasRow(result: EdgeResult): string {
  const { from, to, event, by, verdict } = result;
  const what = by === undefined ? event : `${event}, ${by}`;
  const edge = `${from.padEnd(STATE)} → ${to.padEnd(STATE)}`;
  const seen = witnesses(result).join(', ').padEnd(WITNESSES);
  return `${MARKS[verdict]} ${verdict.padEnd(VERDICT)}  ${edge}  ${what.padEnd(EVENT)}  ${seen}`.trimEnd();
}

/** What stands below a row: the note, why nothing better could be said, and with `all` the evidence. */
export function atlasDetail({ note, missing = [], evidence }: EdgeResult, all: boolean): string[] {
  return [
    ...(note === undefined ? [] : [`    ${note}`]),
    ...missing.map((sentence) => `    ✘ ${sentence}`),
    ...(all || missing.length > 0
      ? evidence.map(({ kind, host, text }) => `      ${kind.padEnd(9)}  ${host}  ${text}`)
      : []),
  ];
}
