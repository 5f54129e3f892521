import { PHASES, type Phase, type Span } from '../../host/docker/phases.ts';

/** What a command on Docker spends time on: its own start, making hosts, the run, taking them down, and what it makes of it. */
export type Part = 'command' | Phase | 'run' | 'verdict';

export const PARTS = [
  'command',
  ...PHASES.filter((phase) => phase !== 'end'),
  'run',
  'end',
  'verdict',
] as const satisfies readonly Part[];

/**
 * Shares out the time of a command among its parts, in milliseconds. Phases go on side by side; a moment belongs to the first of them,
 * for which the others wait. A moment of no phase belongs to the command's start, the run or the verdict.
 */
export function whereTimeGoes(spans: readonly Span[], wholeMs: number): Readonly<Record<Part, number>> {
  const shares = Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<Part, number>;
  const edges = [0, wholeMs, ...spans.flatMap(({ beganMs, endedMs }) => [beganMs, endedMs])].sort(
    (a, b) => a - b,
  );
  for (const [n, from] of edges.entries()) {
    const to = edges[n + 1] ?? from;
    shares[partAt(spans, (from + to) / 2)] += to - from;
  }
  return shares;
}

function partAt(spans: readonly Span[], ms: number): Part {
  const going = spans.filter(({ beganMs, endedMs }) => beganMs <= ms && ms <= endedMs);
  const first = PHASES.find((phase) => going.some((span) => span.phase === phase));
  if (first !== undefined) return first;
  if (spans.every(({ beganMs }) => ms < beganMs)) return 'command';
  return spans.every(({ endedMs }) => endedMs < ms) ? 'verdict' : 'run';
}
