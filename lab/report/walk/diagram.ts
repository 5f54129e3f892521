import { oneLine } from '../../grade/formats/plain-text.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import type { State } from '../../tcp/states.ts';
import { RESETS, TRANSITIONS } from '../../tcp/transitions.ts';
import { ENGLISH, type PictureWords } from '../picture-words.ts';
import { type DiagramEdge, type Look, stateDiagram } from '../state-diagram.ts';
import type { DrawingOptions } from '../svg.ts';
import { type Step, type Walk, walksOf } from './walks.ts';

/** The looks of the first hosts, and of what more than one has walked. */
const LOOKS: readonly Look[] = ['good', 'other', 'waiting'];
const SHARED: Look = 'waiting';

/** The way of one socket, as far as it is drawn. */
export interface Way {
  readonly host: string;
  /** It listens, and is no connection. */
  readonly isListener: boolean;
  /** Those it was seen in. */
  readonly states: readonly State[];
  readonly steps: readonly Step[];
}

export interface WayOptions extends DrawingOptions {
  /** The page has `figureMarkup()`, and the drawing only what is walked of it. */
  readonly isOnFigure?: boolean;
}

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
export function walkDiagram(timeline: TimelineData, options: DrawingOptions = {}): string {
  const hosts = timeline.header.hosts.map(({ name }) => name);
  return waysDiagram(hosts, walksOf(timeline).map(wayOf), options);
}

/** The same of ways that are known already. @param hosts their names, in the order of the run */
export function waysDiagram(
  hosts: readonly string[],
  ways: readonly Way[],
  { isInPage = false, isOnFigure = false, words = ENGLISH }: WayOptions = {},
): string {
  const walked = Map.groupBy(ways.flatMap(stepsTaken), edgeOf);
  const many = new Set(hosts.filter((host) => connectionsOf(ways, host) > 1));
  const plain = TRANSITIONS.filter((step) => !walked.has(`${step.from} ${step.to}`)).map(
    ({ from, to }): DiagramEdge => ({ from, to, words: [], look: 'absent' }),
  );
  return stateDiagram({
    title: words.diagram.title,
    isInPage,
    isOnFigure,
    edges: [
      ...(isOnFigure ? [] : plain),
      ...[...walked.values()].map((steps) => edge(steps, hosts, many, words)),
    ],
    emphasised: [...new Set(ways.flatMap(({ states }) => states))],
    legend: legend(hosts, [...walked.values()], many, words),
  });
}

function wayOf({ life: { host, remote, stays }, steps }: Walk): Way {
  return { host, isListener: remote.port === 0, states: stays.map(({ state }) => state), steps };
}

function stepsTaken({ host, isListener, steps }: Way): Taken[] {
  return steps.map((step, n) => ({ ...step, host, n: n + 1, isListener }));
}

/** Ends without an arrow of their own in the figure are drawn beside the box, as an end by RST. */
function edgeOf({ from, to, how }: Step): string {
  return isBeside({ from, to, how }) ? `${from} ${to} beside` : `${from} ${to}`;
}

function isBeside({ from, to, how }: Step): boolean {
  if (how === 'seen' || how === 'unseen') return false;
  return RESETS.some((step) => step.from === from && step.to === to);
}

function edge(
  steps: readonly Taken[],
  hosts: readonly string[],
  many: ReadonlySet<string>,
  said: PictureWords,
): DiagramEdge {
  const { from, to, how } = steps[0] as Taken;
  const own = hosts.filter((name) => steps.some(({ host }) => host === name));
  const beside = isBeside({ from, to, how });
  const words = own.map((host) =>
    hostWords(
      steps.filter((step) => step.host === host),
      many.has(host),
      said,
    ),
  );
  const end = how === 'reset' ? ['RST'] : how === 'gone' ? [said.diagram.noSegment] : [];
  return {
    from,
    to,
    isReset: beside,
    look: lookOf(own, hosts),
    isEmphasised: steps.some((step) => step.how !== 'unseen'),
    words: [...words, ...end],
    title: steps.some((step) => step.how === 'unseen') ? said.diagram.unseen : said.diagram.seen,
  };
}

function hostWords(steps: readonly Taken[], isMany: boolean, { diagram }: PictureWords): string {
  const [{ host, n, how, isListener }] = steps as [Taken, ...Taken[]];
  if (isListener) return `${diagram.listener(oneLine(host))}${steps.length > 1 ? ` ×${steps.length}` : ''}`;
  const words = isMany ? `${oneLine(host)} ×${steps.length}` : `${oneLine(host)} ${n}`;
  return how === 'unseen' ? `(${words})` : words;
}

function connectionsOf(ways: readonly Way[], host: string): number {
  return ways.filter((way) => way.host === host && !way.isListener).length;
}

function lookOf(own: readonly string[], hosts: readonly string[]): Look {
  if (own.length > 1) return hosts.length > 2 ? 'plain' : SHARED;
  return hostLook(hosts.indexOf(own[0] ?? ''));
}

/** How what a host alone has walked looks. @param host its place among the hosts */
export function hostLook(host: number): Look {
  return LOOKS[host] ?? 'plain';
}

function legend(
  hosts: readonly string[],
  walked: readonly (readonly Taken[])[],
  many: ReadonlySet<string>,
  { diagram }: PictureWords,
): { look: Look; words: string }[] {
  const shared = walked.some((steps) => new Set(steps.map(({ host }) => host)).size > 1);
  const own = hosts.flatMap((host) =>
    walked.some((steps) => steps.some((step) => step.host === host))
      ? [
          {
            look: lookOf([host], hosts),
            words: many.has(host) ? diagram.counted(oneLine(host)) : diagram.numbered(oneLine(host)),
          },
        ]
      : [],
  );
  return [
    ...own,
    ...(shared ? [{ look: lookOf(hosts, hosts), words: diagram.shared }] : []),
    { look: 'absent', words: diagram.absent },
  ];
}
