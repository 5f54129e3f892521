import { oneLine } from '../../grade/formats/plain-text.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { RESETS, TRANSITIONS } from '../../tcp/transitions.ts';
import { type DiagramEdge, type Look, stateDiagram } from '../state-diagram.ts';
import type { DrawingOptions } from '../svg.ts';
import { type Step, type Walk, walksOf } from './walks.ts';

/** The looks of the first hosts, and of what more than one has walked. */
const LOOKS: readonly Look[] = ['good', 'other', 'waiting'];
const SHARED: Look = 'waiting';

interface Taken extends Step {
  readonly host: string;
  /** The how-manieth step of its socket it is, from 1. */
  readonly n: number;
  /** Its socket listens, and is no connection. */
  readonly isListener: boolean;
}

/**
 * The state diagram of RFC 9293 figure 5 with the way of every socket of a run on it: one SVG document. Steps are numbered where
 * a host has one connection only, and counted where it has more; brackets are around what was too quick to be seen.
 */
export function walkDiagram(timeline: TimelineData, { isInPage = false }: DrawingOptions = {}): string {
  const walks = walksOf(timeline);
  const hosts = timeline.header.hosts.map(({ name }) => name);
  const taken = walks.flatMap(stepsTaken);
  const walked = Map.groupBy(taken, edgeOf);
  const many = new Set(hosts.filter((host) => connectionsOf(walks, host) > 1));
  const plain = TRANSITIONS.filter((step) => !walked.has(`${step.from} ${step.to}`)).map(
    ({ from, to }): DiagramEdge => ({ from, to, words: [], look: 'absent' }),
  );
  return stateDiagram({
    title: 'The ways of the sockets of this run through the state diagram of RFC 9293',
    isInPage,
    edges: [...plain, ...[...walked.values()].map((steps) => edge(steps, hosts, many))],
    emphasised: [...new Set(walks.flatMap(({ life }) => life.stays.map(({ state }) => state)))],
    legend: legend(hosts, [...walked.values()], many),
  });
}

function stepsTaken({ life, steps }: Walk): Taken[] {
  const isListener = life.remote.port === 0;
  return steps.map((step, n) => ({ ...step, host: life.host, n: n + 1, isListener }));
}

/** Ends without an arrow of their own in the figure are drawn beside the box, as an end by RST. */
function edgeOf({ from, to, how }: Step): string {
  return isBeside({ from, to, how }) ? `${from} ${to} beside` : `${from} ${to}`;
}

function isBeside({ from, to, how }: Step): boolean {
  if (how === 'seen' || how === 'unseen') return false;
  return RESETS.some((step) => step.from === from && step.to === to);
}

function edge(steps: readonly Taken[], hosts: readonly string[], many: ReadonlySet<string>): DiagramEdge {
  const { from, to, how } = steps[0] as Taken;
  const own = hosts.filter((name) => steps.some(({ host }) => host === name));
  const beside = isBeside({ from, to, how });
  const words = own.map((host) =>
    hostWords(
      steps.filter((step) => step.host === host),
      many.has(host),
    ),
  );
  const end = how === 'reset' ? ['RST'] : how === 'gone' ? ['no segment'] : [];
  return {
    from,
    to,
    isReset: beside,
    look: lookOf(own, hosts),
    isEmphasised: steps.some((step) => step.how !== 'unseen'),
    words: [...words, ...end],
    title: steps.some((step) => step.how === 'unseen')
      ? 'In brackets: too quick to be seen, but there is no other way.'
      : 'Seen by a witness.',
  };
}

function hostWords(steps: readonly Taken[], isMany: boolean): string {
  const [{ host, n, how, isListener }] = steps as [Taken, ...Taken[]];
  if (isListener) return `${oneLine(host)} listener${steps.length > 1 ? ` ×${steps.length}` : ''}`;
  const words = isMany ? `${oneLine(host)} ×${steps.length}` : `${oneLine(host)} ${n}`;
  return how === 'unseen' ? `(${words})` : words;
}

function connectionsOf(walks: readonly Walk[], host: string): number {
  return walks.filter(({ life }) => life.host === host && life.remote.port !== 0).length;
}

function lookOf(own: readonly string[], hosts: readonly string[]): Look {
  if (own.length > 1) return hosts.length > 2 ? 'plain' : SHARED;
  return LOOKS[hosts.indexOf(own[0] ?? '')] ?? 'plain';
}

function legend(
  hosts: readonly string[],
  walked: readonly (readonly Taken[])[],
  many: ReadonlySet<string>,
): { look: Look; words: string }[] {
  const shared = walked.some((steps) => new Set(steps.map(({ host }) => host)).size > 1);
  const own = hosts.flatMap((host) =>
    walked.some((steps) => steps.some((step) => step.host === host))
      ? [
          {
            look: lookOf([host], hosts),
            words: `${oneLine(host)}, ${many.has(host) ? 'so many of its sockets' : 'its steps by number'}`,
          },
        ]
      : [],
  );
  return [
    ...own,
    ...(shared ? [{ look: lookOf(hosts, hosts), words: 'more than one host' }] : []),
    { look: 'absent', words: 'not walked; in brackets: too quick to be seen' },
  ];
}
