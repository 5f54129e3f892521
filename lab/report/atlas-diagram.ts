import { edge } from '../atlas/edges.ts';
import { VERDICTS, type Verdict } from '../atlas/finding.ts';
import type { EdgeResult } from '../atlas/provoke.ts';
import type { AtlasResult } from '../atlas/run-atlas.ts';
import { MARKS } from './atlas-text.ts';
import { type DiagramEdge, type Look, stateDiagram } from './state-diagram.ts';

const LOOKS: Readonly<Record<Verdict, Look>> = {
  observed: 'good',
  deviates: 'other',
  unreachable: 'absent',
  pending: 'waiting',
  unsettled: 'bad',
};

const MEANINGS: Readonly<Record<Verdict, string>> = {
  observed: 'observed by two witnesses or more',
  deviates: 'deviates: Linux takes it otherwise',
  unreachable: 'unreachable through the sockets API',
  pending: 'pending: its timer is seen to run',
  unsettled: 'unsettled',
};

/** The state diagram of RFC 9293 figure 5, each edge with its verdict: an SVG document. */
export function atlasDiagram(
  { transitions, kernel }: Pick<AtlasResult, 'transitions' | 'kernel'>,
  { isInPage = false } = {},
): string {
  const found = VERDICTS.filter((verdict) => transitions.some((result) => result.verdict === verdict));
  return stateDiagram({
    title: `The transitions of RFC 9293 figure 5, and every end by RST, on Linux ${kernel}`,
    isInPage,
    edges: [...Map.groupBy(transitions, drawnAs).values()].map(diagramEdge),
    legend: found.map((verdict) => ({
      look: LOOKS[verdict],
      mark: MARKS[verdict],
      words: MEANINGS[verdict],
    })),
  });
}

/** An end by RST has no arrow of its own in the figure; SYN_RCVD → LISTEN has. */
function isReset({ to, event }: EdgeResult): boolean {
  return event === 'rcv RST' && to === 'CLOSED';
}

function drawnAs(result: EdgeResult): string {
  return `${result.from} ${result.to} ${isReset(result)}`;
}

/** One edge, drawn as the first of its results is; another call has words of its own. */
function diagramEdge(results: readonly EdgeResult[]): DiagramEdge {
  const [first, ...others] = results as [EdgeResult, ...EdgeResult[]];
  const { sends } = edge(first.from, first.to, first.event);
  const words = isReset(first)
    ? ['RST']
    : [
        callWords(first),
        ...others.map((result) => `${MARKS[result.verdict]} ${callWords(result)}`),
        ...(sends === '' ? [] : [`snd ${sends}`]),
      ];
  return {
    from: first.from,
    to: first.to,
    isReset: isReset(first),
    words,
    look: LOOKS[first.verdict],
    mark: MARKS[first.verdict],
    title: results
      .map(({ verdict, note }) => (note === undefined ? verdict : `${verdict}. ${note}`))
      .join(' '),
  };
}

function callWords({ event, by }: EdgeResult): string {
  return by ?? event;
}
