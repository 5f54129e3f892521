// Runs inside a slot: checks the references of all exercises with the student's programs confined.
import PQueue from 'p-queue';
import { referenceCast } from '../../../lab/exercise/casting.ts';
import { checkExercise } from '../../../lab/exercise/check.ts';
import { suiteFailures } from '../../../lab/exercise/suite.ts';
import { EXERCISES } from '../../../lab/exercises/catalog.ts';
import { Sandbox } from '../../../lab/host/sandbox/sandbox.ts';
import type { Jobs } from '../support/slot.ts';

const { orders } = JSON.parse(process.argv[2] ?? '') as Jobs;
const sandbox = await Sandbox.open(orders);
const turns = new PQueue({ concurrency: 4 });
const checked = await Promise.all(
  EXERCISES.map((exercise) =>
    turns.add(
      () => {
        const cast = referenceCast(exercise);
        return checkExercise(exercise, { seed: 'confined', cast, from: 'reference', confinement: sandbox });
      },
      { priority: exercise.lastsMs },
    ),
  ),
);
const failures = suiteFailures(checked.map(({ result }) => result));
const limits = checked.flatMap(({ performance }) => performance.limits);
console.log(JSON.stringify({ count: checked.length, failures, limits }));
