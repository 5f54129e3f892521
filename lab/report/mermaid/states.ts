import type { TimelineData } from '../../observe/timeline.ts';
import type { State } from '../../tcp/states.ts';
import { type Step, walksOf } from '../walk/walks.ts';
import { mermaidText } from './escape.ts';

/**
 * The ways of a run's sockets as a state diagram of Mermaid: one edge for each step that was taken, with who took it; in brackets
 * when it was too quick to be seen. CLOSED is where a life begins and ends. https://mermaid.js.org/syntax/stateDiagram.html
 */
export function mermaidStates(timeline: TimelineData): string {
  const taken = walksOf(timeline).flatMap(({ life, steps }) =>
    steps.map((step) => ({ ...step, host: life.host })),
  );
  const edges = Map.groupBy(taken, ({ from, to }) => `${node(from)} --> ${node(to)}`);
  return [
    'stateDiagram-v2',
    ...[...edges].map(([edge, steps]) => `  ${edge} : ${mermaidText(wordsOf(steps))}`),
    '',
  ].join('\n');
}

function node(state: State): string {
  return state === 'CLOSED' ? '[*]' : state;
}

function wordsOf(steps: readonly (Step & { readonly host: string })[]): string {
  return [...Map.groupBy(steps, ({ host }) => host)]
    .map(([host, own]) => {
      const words = `${host}${own.length > 1 ? ` ×${own.length}` : ''}${own.some(({ how }) => how === 'reset') ? ' RST' : ''}`;
      return own.every(({ how }) => how === 'unseen') ? `(${words})` : words;
    })
    .join(', ');
}
