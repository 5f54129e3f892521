// Runs inside a slot: checks the references of all exercises with the student's programs confined.
import { referenceCast } from '../../../lab/exercise/casting.ts';
import { checkExercise } from '../../../lab/exercise/check.ts';
import { suiteFailures } from '../../../lab/exercise/suite.ts';
import { Turns } from '../../../lab/exercise/turns.ts';
import { EXERCISES } from '../../../lab/exercises/catalog.ts';
import { Sandbox } from '../../../lab/host/sandbox/sandbox.ts';
import type { Jobs } from '../support/slot.ts';

const { orders } = JSON.parse(process.argv[2] ?? '') as Jobs;
const sandbox = await Sandbox.open(orders);
const turns = new Turns(4);
const checked = await Promise.all(
  EXERCISES.map((exercise) => {
    const cast = referenceCast(exercise);
    return turns.check(exercise, () =>
      checkExercise(exercise, { seed: 'confined', cast, from: 'reference', confinement: { sandbox } }),
    );
  }),
);
const failures = suiteFailures(checked.map(({ result }) => result));
const limits = checked.flatMap(({ performance }) => performance.limits);
console.log(JSON.stringify({ count: checked.length, failures, limits }));
