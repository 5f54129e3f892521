import { differencesAmong } from '../../lab/atlas/events/differences.ts';
import { type EventAtlas, type EventCell, eventCell } from '../../lab/atlas/events/events.ts';
import { arrivalRule } from '../../lab/tcp/arrival-rules.ts';
import { ARRIVALS, type Arrival } from '../../lab/tcp/arrivals.ts';
import { STATES, type State } from '../../lab/tcp/states.ts';

/** What a kernel was seen to do in a cell, made up by hand. */
export type Invented = Partial<Pick<EventCell, 'answer' | 'next' | 'hastened' | 'restarted'>>;

const SIGHTING = { atMs: 1, state: 'CLOSED', cookie: null, timer: null, timerMs: null } as const;
const EVIDENCE = {
  port: 10_001,
  before: SIGHTING,
  after: SIGHTING,
  arrived: '',
  answers: [],
  fence: 'R seq 1',
  beside: [],
  waitedMs: 0,
  counters: { OutSegs: 1 },
  ss: [],
  attempts: 1,
};

/** The matrix of a kernel that does what the RFCs say, but for some cells, named `STATE × arriving`. */
export function inventedAtlas(otherwise: Readonly<Record<string, Invented>> = {}): EventAtlas {
  const cells = STATES.flatMap((state) =>
    ARRIVALS.map((arriving) => inventedCell(state, arriving, otherwise[`${state} × ${arriving}`])),
  );
  return {
    schema: 'tcplab/atlas-events/1',
    kernel: '6.99',
    ip: 4,
    elapsedMs: 1_234,
    knobs: { tcp_invalid_ratelimit: '0', tcp_challenge_ack_limit: '2147483647' },
    states: STATES,
    arriving: ARRIVALS,
    cells,
    variants: [],
    differences: differencesAmong(cells),
  };
}

/** The same with one cell that was not settled. */
export function withProblem(atlas: EventAtlas, problem: string): EventAtlas {
  const [first, ...rest] = atlas.cells;
  if (first === undefined) return atlas;
  const unknown = { sent: null, answer: null, next: null, agrees: null, evidence: null };
  return { ...atlas, cells: [{ ...first, ...unknown, problem }, ...rest] };
}

function inventedCell(state: State, arriving: Arrival, seen: Invented = {}): EventCell {
  const rfc = arrivalRule(state, arriving);
  return eventCell({ state, arriving }, rfc, {
    sent: 'S seq 0',
    answer: seen.answer ?? rfc.answer,
    next: seen.next ?? rfc.next,
    hastened: seen.hastened ?? false,
    restarted: seen.restarted ?? rfc.restarts ?? false,
    evidence: EVIDENCE,
  });
}
