import { type Command, UsageError } from './command.ts';

/** A verb before it is used: what `--help` lists, and how its module is loaded. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly summary: string;
  /** Whether it needs hosts, and so runs inside the lab's namespaces. */
  readonly needsHosts: boolean;
  readonly load: () => Promise<Command>;
}

/** Every verb, in the order that help lists them. A verb is loaded only where it runs: starting must stay cheap. */
const COMMANDS: Readonly<Record<string, Verb>> = {
  tour: {
    summary: 'provokes, holds and releases all 11 TCP states on this kernel',
    needsHosts: true,
    load: async () => (await import('./tour.ts')).tour,
  },
  atlas: {
    summary:
      'every transition of RFC 9293 figure 5 and every end by RST, provoked on this kernel and witnessed',
    needsHosts: true,
    load: async () => (await import('./atlas.ts')).atlas,
  },
  list: {
    summary: 'the exercises, your progress, and the map of the states your kernel has passed through',
    needsHosts: false,
    load: async () => (await import('./list.ts')).list,
  },
  start: {
    summary: 'copies the starter of an exercise into your workspace',
    needsHosts: false,
    load: async () => (await import('./start.ts')).start,
  },
  show: {
    summary: 'the text of an exercise',
    needsHosts: false,
    load: async () => (await import('./show.ts')).show,
  },
  predict: {
    summary: 'asks what you expect, before the first run',
    needsHosts: false,
    load: async () => (await import('./predict.ts')).predict,
  },
  run: {
    summary: 'runs your programs of an exercise and shows every state and segment, without judging',
    needsHosts: true,
    load: async () => (await import('./run.ts')).run,
  },
  check: {
    summary: 'judges your programs of an exercise by what the kernel has shown',
    needsHosts: true,
    load: async () => (await import('./check.ts')).check,
  },
  watch: {
    summary: 'checks on every save, and moves on after a pass',
    needsHosts: true,
    load: async () => (await import('./watch.ts')).watch,
  },
  ui: {
    summary: 'the lab as a page in your browser, with a hand on the wire',
    needsHosts: false,
    load: async () => (await import('./ui.ts')).ui,
  },
  hint: {
    summary: 'the next hint for an exercise',
    needsHosts: false,
    load: async () => (await import('./hint.ts')).hint,
  },
  solution: {
    summary: 'the reference of an exercise, after a pass',
    needsHosts: false,
    load: async () => (await import('./solution.ts')).solution,
  },
  reset: {
    summary: 'puts the starter of an exercise back, and keeps what you had',
    needsHosts: false,
    load: async () => (await import('./reset.ts')).reset,
  },
  shell: {
    summary: 'a shell on a host of an exercise, while its scenario stands still at the interesting moment',
    needsHosts: true,
    load: async () => (await import('./shell.ts')).shell,
  },
  play: {
    summary: 'runs any two programs of yours on a fresh pair of hosts, and shows every state and segment',
    needsHosts: true,
    load: async () => (await import('./play.ts')).play,
  },
  claims: {
    summary: 'every claim of the course about TCP, settled on this kernel',
    needsHosts: true,
    load: async () => (await import('./claims.ts')).claims,
  },
  observe: {
    summary:
      'the sockets of any program on this machine or in a container: counts, queues, and why a state piles up',
    needsHosts: false,
    load: async () => (await import('./observe.ts')).observe,
  },
  report: {
    summary:
      'draws a saved run again: ladder, states through time, state diagram, as text, pictures or a page',
    needsHosts: false,
    load: async () => (await import('./report.ts')).report,
  },
  grade: {
    summary: 'grades a folder of submissions, each in a sandbox, and writes the gradebook',
    needsHosts: false,
    load: async () => (await import('./grade.ts')).grade,
  },
  quickstart: {
    summary: 'for instructors: makes a demo course with a dozen submissions, and grades it',
    needsHosts: false,
    load: async () => (await import('./quickstart.ts')).quickstart,
  },
  dev: {
    summary: 'for authors: whether every exercise is as it should be',
    needsHosts: true,
    load: async () => (await import('./dev.ts')).dev,
  },
  doctor: {
    summary: 'says what works here, what does not, and what to do about it',
    needsHosts: false,
    load: async () => (await import('./doctor.ts')).doctor,
  },
  bench: {
    summary: 'measures the lab, as ratios against what is measured beside it',
    needsHosts: true,
    load: async () => (await import('./bench.ts')).bench,
  },
};

export const VERBS: readonly string[] = Object.keys(COMMANDS);

/** @throws UsageError naming the verbs there are. */
export function verbNamed(name: string): Verb {
  const verb = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (verb === undefined) throw new UsageError(`no verb "${name}". The verbs are: ${VERBS.join(', ')}`);
  return verb;
}
