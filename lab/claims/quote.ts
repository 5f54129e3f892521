import type { Evidence } from '../exercise/judge/evidence.ts';
import { describeLife, type Life } from '../exercise/judge/life.ts';
import { segmentEvidence } from '../exercise/judge/segment-evidence.ts';
import type { KnobName } from '../host/knobs.ts';
import type { SegmentEvent } from '../observe/timeline.ts';
import { formatEndpoint } from '../tcp/address.ts';
import type { ClaimEvidence } from './claim.ts';
import type { Seen } from './run.ts';

/** Segments as evidence, in the order given. */
export function quoteSegments(
  { evidence }: Pick<Seen, 'evidence'>,
  ...segments: readonly (SegmentEvent | undefined)[]
): ClaimEvidence[] {
  return segments.flatMap((event) => (event === undefined ? [] : [segmentEvidence(evidence, event)]));
}

/** The states of sockets as evidence: what sock_diag showed, and how long. */
export function quoteLives(...lives: readonly (Life | undefined)[]): ClaimEvidence[] {
  return lives.flatMap((life) => {
    if (life === undefined) return [];
    const ends = `${formatEndpoint(life.local)} ↔ ${formatEndpoint(life.remote)}`;
    return [{ kind: 'states', host: life.host, text: `${ends}  ${describeLife(life)}` }];
  });
}

/** The lines that `ss` printed on a host and that fit, each of them once. `pattern` has to match a line of `ss -tane`. */
export function quoteSs(
  { evidence }: Pick<Seen, 'evidence'>,
  host: string,
  pattern: RegExp,
): ClaimEvidence[] {
  const lines = evidence.ss(host).flatMap(({ text }) => (pattern.test(text) ? [text] : []));
  return [...new Set(lines)].map((text) => ({ kind: 'ss', host, text }));
}

/** How far a counter rose between the first and the last time that it was read, and that as evidence. */
export function riseOf(
  evidence: Evidence,
  host: string,
  name: string,
): { rise: number; quote: ClaimEvidence[] } {
  const all = evidence.counter(host, name);
  const [first, last] = [all[0]?.value ?? 0, all.at(-1)?.value ?? 0];
  return { rise: last - first, quote: [{ kind: 'counter', host, text: `${name} ${first} → ${last}` }] };
}

/** A sysctl as evidence, as the run read it or was given it. Empty when neither. */
export function quoteKnob(
  { evidence }: Pick<Seen, 'evidence'>,
  host: string,
  name: KnobName,
): ClaimEvidence[] {
  const value = evidence.knob(host, name) ?? evidence.timeline.header.knobs[name];
  return value === undefined ? [] : [{ kind: 'sysctl', host, text: `${name} = ${value}` }];
}
