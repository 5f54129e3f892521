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
          test: { name: 'plain', include: [`test/**/${files}`], exclude: ['test/kernel/**'] },
        },
        // Only inside the lab's namespaces, where making a network needs no root: test/all.ts goes there.
        { extends: true, test: { name: 'kernel', include: [`test/kernel/**/${files}`] } },
      ],
    },
  };
});
