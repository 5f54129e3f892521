import { defineConfig } from 'vitest/config';

// `--mode soak` (npm run soak) runs the long tests, which `npm test` leaves out.
export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'soak' ? 'test/**/*.soak.ts' : 'test/**/*.test.ts'],
    // A process a file: tests enter namespaces, open raw sockets and count what they leave behind.
    pool: 'forks',
    fileParallelism: mode !== 'soak',
    maxWorkers: 2,
    testTimeout: mode === 'soak' ? 600_000 : 30_000,
    hookTimeout: 30_000,
    globals: false,
  },
}));
