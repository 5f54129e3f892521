import type { Exercise } from '../../exercise/exercise.ts';
import type { Staged } from '../../exercise/perform.ts';
import type { Scene } from '../../exercise/scene.ts';

/** A run by hand is ended after ten minutes: somebody has gone to lunch. A run is ended after three times what it lasts, and 15 s. */
const LASTS_MS = 195_000;

/** What a run by hand is given: where its hosts are, and when it is to end. */
export interface ByHand {
  readonly scene: (scene: Scene) => void;
  readonly over: Promise<void>;
}

/** A stage without a scenario: a client and a server on which nothing runs, and which stay until `over`. */
export function handsOnStage({ slug }: Pick<Exercise, 'slug'>, { scene: given, over }: ByHand): Staged {
  return {
    slug,
    lastsMs: LASTS_MS,
    async scenario(scene) {
      given(scene);
      await over;
    },
  };
}
