import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

const ALONE = ['doctor', 'grade', 'leftovers', 'references'].map((name) => `test/docker/${name}.test.ts`);
const ON_ENGINE = { testTimeout: 60_000, hookTimeout: 60_000 };

// `--mode soak` (npm run soak) runs the long tests, which `npm test` leaves out.
export default defineConfig(({ mode }) => {
  const files = mode === 'soak' ? '*.soak.ts' : '*.test.ts';
  return {
    test: {
      // A process a file: tests enter namespaces, open raw sockets and count what they leave behind.
      pool: 'forks',
      fileParallelism: mode !== 'soak',
      // Half of what they do is to wait for the kernel.
      maxWorkers: 3,
      sequence: { sequencer: LongestFirst },
      testTimeout: mode === 'soak' ? 600_000 : 30_000,
      hookTimeout: 30_000,
      globals: false,
      projects: [
        {
          extends: true,
          test: {
            name: 'plain',
            include: [`test/**/${files}`],
            exclude: ['test/{attacks,docker,kernel}/**'],
          },
        },
        // Only inside the lab's namespaces, where making a network needs no root: test/all.ts goes there.
        { extends: true, test: { name: 'kernel', include: [`test/kernel/**/${files}`] } },
        // Hostile programs use up processors: nothing else runs meanwhile.
        {
          extends: true,
          test: { name: 'attacks', include: [`test/attacks/${files}`], fileParallelism: false },
        },
        // Only with a Docker engine, and an image of this checkout: test/all.ts sees to both. There is one engine for all, and whoever
        // begins a run there removes what dead ones have left: a test of that, or of how two runs compare, has it for itself.
        {
          extends: true,
          test: {
            name: 'docker',
            include: [`test/docker/**/${files}`],
            exclude: ALONE,
            ...ON_ENGINE,
            sequence: { groupOrder: 1 },
          },
        },
        {
          extends: true,
          test: {
            name: 'docker-alone',
            include: ALONE,
            ...ON_ENGINE,
            fileParallelism: false,
            maxWorkers: 1,
            sequence: { groupOrder: 2 },
          },
        },
      ],
    },
  };
});
