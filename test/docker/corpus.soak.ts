// Every attack on a grader that confines by the engine, an honest submission after each, and nothing left of either.
import { attackCorpus } from '../attacks/corpus-suite.ts';
import { belongings } from '../attacks/leaks.ts';
import { enginesBelongings } from './support/engines-belongings.ts';

// With containers the engine is what a run waits for.
attackCorpus({
  backend: 'docker',
  slots: 4,
  quietJobs: 20,
  loudJobs: 4,
  tries: 3,
  belongings: async () => new Set([...belongings(), ...(await enginesBelongings())]),
  timeoutMs: 3_600_000,
});
