import { withSlowPart } from '../../exercise/slow.ts';
import { exercise } from '../../exercises/17-time-wait/exercise.ts';
import { exerciseRun } from '../run.ts';

const whole = withSlowPart(exercise);

/** Exercise 17 to the end of TIME_WAIT, which takes a minute, on hosts where FIN_WAIT_2 ends after a second. */
export const TIME_WAIT_MINUTE = exerciseRun({
  ...whole,
  knobs: { tcp_fin_timeout: '1' },
  scenario: async (scene) => {
    await scene.server.readKnobs('tcp_fin_timeout');
    await whole.scenario(scene);
  },
});
