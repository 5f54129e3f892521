/** Compiles into Node's compile cache what a slot's worker runs: its own modules, and the programs that the lab provides. */
import { flushCompileCache } from 'node:module';
import { referenceProgram } from '../../exercise/programs.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import '../../host/docker/answers.ts';
import '../../host/sandbox/sandbox.ts';
import './judge-job.ts';

const provided = EXERCISES.flatMap(({ cast }) =>
  Object.values(cast).flatMap((role) => ('provided' in role ? [referenceProgram(role.provided)] : [])),
);
await keepCompiled([...new Set(provided)]);
flushCompileCache();
