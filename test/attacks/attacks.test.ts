// Every attack on a grader that confines by namespaces. On Docker it is test/docker/corpus.soak.ts.
import { attackCorpus } from './corpus-suite.ts';
import { belongings } from './leaks.ts';

// Most of a run waits for the kernel's timers, so that more run side by side than there are processors.
attackCorpus({
  backend: 'namespaces',
  slots: 12,
  quietJobs: 20,
  loudJobs: 4,
  tries: 1,
  belongings: async () => belongings(),
  timeoutMs: 600_000,
});
