/**
 * Compiles into Node's compile cache what a slot's worker runs: its own modules, the programs that the lab provides, and what programs in
 * a sandbox import. To be run in a lab's namespaces.
 */
import { flushCompileCache } from 'node:module';
import { referenceProgram } from '../../exercise/programs.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import '../../host/docker/answers.ts';
import { keepModules } from '../../host/sandbox/compiled-modules.ts';
import '../../host/sandbox/sandbox.ts';
import './judge-job.ts';

const provided = EXERCISES.flatMap(({ cast }) =>
  Object.values(cast).flatMap((role) => ('provided' in role ? [referenceProgram(role.provided)] : [])),
);
await keepCompiled([...new Set(provided)]);
flushCompileCache();
await keepModules();
