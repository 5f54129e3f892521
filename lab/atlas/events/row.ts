import { ssLines, stateOfSsLine } from '../../observe/ss.ts';
import { WaitError } from '../../observe/wait-error.ts';
import {
  ARRIVALS,
  type Arrival,
  type ArrivingSegment,
  arrivingSegment,
  type Numbers,
} from '../../tcp/arrivals.ts';
import type { State } from '../../tcp/states.ts';
import { bringTo, type Variant } from './bring-to.ts';
import { CellError, type Measured, measureCell } from './cell.ts';
import { Ground } from './ground.ts';
import type { EventStage } from './stage.ts';

/** How often a cell is measured before it is given up, because the socket's own timer was due meanwhile. */
const ATTEMPTS = 5;

export interface RowOptions {
  /** Which cells; all of them when not said. */
  readonly arrivals?: readonly Arrival[];
  /** Makes the segment of a cell; the cell's own when not said. */
  readonly provoke?: (state: State, arrival: Arrival, numbers: Numbers) => ArrivingSegment;
  /** Another way into the state. */
  readonly variant?: Variant;
  readonly measured?: () => void;
}

/** A cell that was measured, on its ground, before ss was asked. */
interface Probe {
  readonly ground: Ground;
  readonly attempts: number;
  readonly measured: NonNullable<Awaited<ReturnType<typeof measureCell>>>;
}

/**
 * Measures the cells of one state, one after another, each on a connection of its own that is brought into the state. Then `ss` has
 * its say on all of them: it must show the states that sock_diag has shown.
 * @returns by cell, what the kernel did, or why it could not be measured.
 */
export async function measureRow(
  stage: EventStage,
  state: State,
  { arrivals = ARRIVALS, provoke = arrivingSegment, variant, measured = () => {} }: RowOptions = {},
): Promise<ReadonlyMap<Arrival, Measured | CellError>> {
  using grounds = new DisposableStack();
  const probes = new Map<Arrival, Probe | CellError>();
  for (const arrival of arrivals) {
    probes.set(
      arrival,
      await probed(stage, state, variant, grounds, (numbers) => provoke(state, arrival, numbers)),
    );
    measured();
  }
  const { sockets } = await stage.kernel.witness.look();
  const lines = await ssLines(stage.kernel.host);
  return new Map(
    [...probes].map(([arrival, probe]) => {
      if (probe instanceof CellError) return [arrival, probe];
      const { port } = probe.ground;
      const ss = lines.filter((line) => localPortOf(line) === port);
      const rows = sockets.filter(({ local }) => local.port === port).map((socket) => socket.state);
      return [arrival, withSs(probe, rows, ss)];
    }),
  );
}

/** A segment on a fresh ground; on another one when the socket's own timer was due. */
async function probed(
  stage: EventStage,
  state: State,
  variant: Variant | undefined,
  grounds: DisposableStack,
  segment: (numbers: Numbers) => ArrivingSegment,
): Promise<Probe | CellError> {
  try {
    for (let attempts = 1; attempts <= ATTEMPTS; attempts += 1) {
      const ground = grounds.use(new Ground(stage));
      await bringTo(state, ground, variant);
      const measured = await measureCell(ground, segment(ground.numbers));
      ground.peer.close();
      if (measured !== undefined) return { ground, attempts, measured };
    }
    return new CellError(`${ATTEMPTS} times the socket's own timer was due first: this machine is very busy`);
  } catch (error) {
    if (error instanceof CellError) return error;
    if (error instanceof WaitError) return new CellError(error.sentence, { cause: error });
    throw error;
  }
}

/** @param rows the states of the port's sockets when ss was asked, by sock_diag */
function withSs(
  { attempts, measured }: Probe,
  rows: readonly State[],
  ss: readonly string[],
): Measured | CellError {
  const told = rows.toSorted().join(' and ') || 'no socket';
  const printed = ss.map(stateOfSsLine).sort().join(' and ') || 'no socket';
  if (told !== printed) return new CellError(`sock_diag shows ${told}, ss ${printed}`);
  const { next, evidence } = measured;
  if (next !== 'CLOSED' && !rows.includes(next))
    return new CellError(`it did not stay in ${next}: sock_diag shows ${told}`);
  return { ...measured, evidence: { ...evidence, ss, attempts } };
}

/** The port in the fourth column of a line of ss. */
function localPortOf(line: string): number {
  return Number(/:(\d+)$/.exec(line.split(' ')[3] ?? '')?.[1]);
}
