/**
 * Runs the references of all exercises, and the tour, on one backend, and prints which ways the sockets have gone as a line of JSON:
 * `node test/hosts/walk.ts BACKEND SEED [4|6 [DIR]]`, over IPv4 when not said; what was seen is kept in DIR, a file each.
 * For namespaces it has to be inside of the lab's.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkReferences, suiteFailures } from '../../lab/exercise/suite.ts';
import { runTour, TOUR_JOBS } from '../../lab/exercise/tour/tour.ts';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { BACKENDS } from '../../lab/host/backend.ts';
import type { TimelineData } from '../../lab/observe/timeline.ts';
import { toJsonLines } from '../../lab/report/json-lines.ts';
import { family } from '../../lab/tcp/address.ts';
import type { State } from '../../lab/tcp/states.ts';
import { canonicalPaths } from './canonical-path.ts';

/** What came of one exercise, or of one stage of the tour. */
export interface Walked {
  readonly verdict: string;
  /** Why it is not what it should be, for people; empty when it is. */
  readonly because: readonly string[];
  /** By host, as `canonicalPaths` has them; of a stage, those of the host that is held, up to the state. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** The versions of IP in which segments went from one host to another. */
  readonly versions: readonly (4 | 6)[];
}

/** What one walk prints. */
export interface Walk {
  /** By slug. */
  readonly exercises: Readonly<Record<string, Walked>>;
  /** By state. */
  readonly tour: Readonly<Record<string, Walked>>;
}

const HOLD_MS = 100;

const [name, seed = '', ip = '4', folder] = process.argv.slice(2);
const backend = BACKENDS.find((each) => each === name);
if (backend === undefined) throw new Error(`no backend "${name}"`);
if (ip !== '4' && ip !== '6') throw new Error(`no IPv${ip}`);
const ipv6 = ip === '6';

const exercises: Record<string, Walked> = {};
await checkReferences(EXERCISES, {
  backend,
  seed,
  ipv6,
  finished: (result, { timeline }) => {
    keep(result.exercise.slug, timeline);
    exercises[result.exercise.slug] = {
      verdict: result.verdict,
      because: suiteFailures([result]),
      paths: canonicalPaths(timeline),
      versions: versionsIn(timeline),
    };
  },
});

const tour: Record<string, Walked> = {};
await runTour({
  backend,
  ipv6,
  holdMs: HOLD_MS,
  jobs: TOUR_JOBS,
  finished: ({ result, timeline }) => {
    const { state, host } = result;
    keep(state, timeline);
    tour[state] = {
      verdict: result.held && result.released ? 'pass' : 'fail',
      because: result.problems,
      paths: { [host]: waysTo(state, canonicalPaths(timeline)[host] ?? []) },
      versions: versionsIn(timeline),
    };
  },
});

/** The parts of ways up to a state, each once. */
function waysTo(state: State, ways: readonly string[]): string[] {
  const states = ways.map((way) => way.split(' → '));
  const parts = states
    .filter((each) => each.includes(state))
    .map((each) => each.slice(0, each.indexOf(state) + 1));
  return [...new Set(parts.map((part) => part.join(' → ')))].sort();
}

/** Writes what was seen of one exercise or stage, for whoever wants to look at it again. */
function keep(what: string, timeline: TimelineData): void {
  if (folder !== undefined) writeFileSync(join(folder, `${what}.jsonl`), toJsonLines(timeline));
}

function versionsIn({ events }: TimelineData): (4 | 6)[] {
  const all = events.flatMap((event) =>
    event.kind === 'segment' && event.loopback !== true ? [family(event.segment.source.address)] : [],
  );
  return [...new Set(all)].sort((a, b) => a - b);
}

console.log(JSON.stringify({ exercises, tour } satisfies Walk));
process.exit(0);
