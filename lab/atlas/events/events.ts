import { release } from 'node:os';
import { type ArrivalRule, arrivalRule } from '../../tcp/arrival-rules.ts';
import { ARRIVALS, type Arrival } from '../../tcp/arrivals.ts';
import { STATES, type State } from '../../tcp/states.ts';
import { VARIANTS, type Variant } from './bring-to.ts';
import { CellError, type Measured } from './cell.ts';
import { type Difference, differencesAmong } from './differences.ts';
import type { CellEvidence } from './evidence.ts';
import { follows } from './follows.ts';
import { noteOn } from './notes.ts';
import { measureRow } from './row.ts';
import { EventStage } from './stage.ts';

/** One kind of segment in one state: what the kernel did, and what the RFCs say. */
export interface EventCell {
  readonly state: State;
  readonly arriving: Arrival;
  /** How the state was reached, when not in the usual way. */
  readonly variant?: Variant;
  /** The segment in tcpdump's words, numbers counted from both ends' first; null, as what follows, when it was not settled. */
  readonly sent: string | null;
  /** An `Answer`; several are joined by commas. */
  readonly answer: string | null;
  readonly next: State | null;
  /** The kernel's own timer was brought forward: it sent its SYN or FIN again at once, beside the answer. */
  readonly hastened: boolean;
  /** The time of TIME_WAIT began anew. */
  readonly restarted: boolean;
  readonly rfc: ArrivalRule;
  /** The kernel does what the rule says, or what it allows instead; null when it was not settled. */
  readonly agrees: boolean | null;
  readonly note?: string;
  readonly evidence: CellEvidence | null;
  /** Why it was not settled. */
  readonly problem?: string;
}

/** A state that was reached in another way, where that makes a difference. */
export interface EventVariant {
  readonly name: Variant;
  readonly state: State;
  readonly cells: readonly EventCell[];
}

/** The matrix, as `--json` prints it. */
export interface EventAtlas {
  readonly schema: 'tcplab/atlas-events/1';
  readonly kernel: string;
  readonly ip: 4 | 6;
  /** Until the last cell was settled, in milliseconds. */
  readonly elapsedMs: number;
  /** Every sysctl that the kernel's host was given. */
  readonly knobs: Readonly<Record<string, string>>;
  readonly states: readonly State[];
  readonly arriving: readonly Arrival[];
  /** State by state, in the order of `arriving`. */
  readonly cells: readonly EventCell[];
  readonly variants: readonly EventVariant[];
  readonly differences: readonly Difference[];
}

export interface EventOptions {
  readonly ipv6?: boolean;
  /** Is told of every cell that is settled or given up, and how many there are in all. */
  readonly settled?: (count: number, of: number) => void;
}

/**
 * Sends every kind of segment to a socket in every state, each on a connection of its own, one after another on one pair of hosts:
 * what the kernel counts meanwhile belongs to that cell.
 * @throws what making the hosts needs and this machine lacks. A cell that cannot be measured says so.
 */
export async function measureEvents({
  ipv6 = false,
  settled = () => {},
}: EventOptions = {}): Promise<EventAtlas> {
  const startMs = performance.now();
  await using stage = await EventStage.set({ ipv6 });
  const variants = Object.keys(VARIANTS) as Variant[];
  const all = (STATES.length + variants.length) * ARRIVALS.length;
  let count = 0;
  const measured = (): void => {
    count += 1;
    settled(count, all);
  };
  const row = async (state: State, variant?: Variant): Promise<EventCell[]> => {
    const kind = variant === undefined ? {} : { variant };
    const results = await measureRow(stage, state, { measured, ...kind });
    const way = variant === undefined ? undefined : VARIANTS[variant].way;
    return [...results].map(([arriving, result]) =>
      eventCell({ state, arriving, ...kind }, arrivalRule(state, arriving, way), result),
    );
  };
  const cells: EventCell[] = [];
  for (const state of STATES) cells.push(...(await row(state)));
  const others: EventVariant[] = [];
  for (const name of variants) {
    const { state } = VARIANTS[name];
    others.push({ name, state, cells: await row(state, name) });
  }
  return {
    schema: 'tcplab/atlas-events/1',
    kernel: release(),
    ip: ipv6 ? 6 : 4,
    elapsedMs: performance.now() - startMs,
    knobs: Object.fromEntries(stage.kernel.host.knobs),
    states: STATES,
    arriving: ARRIVALS,
    cells,
    variants: others,
    differences: differencesAmong([...cells, ...others.flatMap((variant) => variant.cells)]),
  };
}

/** Whether every cell was settled. */
export function eventsSettled({ cells, variants }: EventAtlas): boolean {
  return [...cells, ...variants.flatMap((variant) => variant.cells)].every(({ agrees }) => agrees !== null);
}

/** A measured cell beside its rule. */
export function eventCell(
  cell: Pick<EventCell, 'state' | 'arriving' | 'variant'>,
  rfc: ArrivalRule,
  measured: Measured | CellError,
): EventCell {
  if (measured instanceof CellError) {
    const unknown = { sent: null, answer: null, next: null, hastened: false, restarted: false };
    return { ...cell, ...unknown, rfc, agrees: null, evidence: null, problem: measured.message };
  }
  const { evidence, ...seen } = measured;
  const by = follows(measured, rfc);
  const note = noteOn({ ...cell, ...seen }, rfc, by);
  return {
    ...cell,
    ...seen,
    rfc,
    agrees: by !== 'neither',
    ...(note === undefined ? {} : { note }),
    evidence,
  };
}
