import { defineConfig } from 'vitest/config';

// `--mode soak` (npm run soak) runs the long tests, which `npm test` leaves out.
export default defineConfig(({ mode }) => {
  const files = mode === 'soak' ? '*.soak.ts' : '*.test.ts';
  return {
    test: {
      // A process a file: tests enter namespaces, open raw sockets and count what they leave behind.
      pool: 'forks',
      fileParallelism: mode !== 'soak',
      maxWorkers: 2,
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
        // Only with a Docker engine, and an image of this checkout: test/all.ts sees to both. There is one engine for all.
        {
          extends: true,
          test: {
            name: 'docker',
            include: [`test/docker/**/${files}`],
            fileParallelism: false,
            testTimeout: 60_000,
            hookTimeout: 60_000,
          },
        },
      ],
    },
  };
});
