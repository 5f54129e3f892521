import type { Exercise } from '../../exercise/exercise.ts';
import type { Staged } from '../../exercise/perform.ts';
import type { Scene } from '../../exercise/scene.ts';
import { SYN_ACK_TRIES } from '../syn-ack-tries.ts';

/** A run by hand is ended after ten minutes: somebody has gone to lunch. A run is ended after three times what it lasts, and 15 s. */
const LASTS_MS = 195_000;

/** What a run by hand is given: where its hosts are, and when it is to end. */
export interface ByHand {
  readonly scene: (scene: Scene) => void;
  readonly over: Promise<void>;
}

/** A stage without a scenario: the exercise's hosts as it has them, on which nothing runs, and which stay until `over`. */
export function handsOnStage(exercise: Exercise, { scene: given, over }: ByHand): Staged {
  const { slug, hosts, ipv6, knobs = {} } = exercise;
  const own = Object.entries(knobs).filter(
    ([name, value]) => name !== 'tcp_synack_retries' || Number(value) >= SYN_ACK_TRIES,
  );
  return {
    slug,
    ...(hosts === undefined ? {} : { hosts }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    knobs: Object.fromEntries(own),
    lastsMs: LASTS_MS,
    async scenario(scene) {
      given(scene);
      await over;
    },
  };
}
