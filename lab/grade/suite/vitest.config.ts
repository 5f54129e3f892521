import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { submissionPlace } from './place.ts';

const place = submissionPlace();

// Nothing of the submission is a test, a setting or a module here: it is read as bytes, and runs in slots, as ./tcplab grade has it.
export default defineConfig({
  root: join(import.meta.dirname, '../../..'),
  test: {
    include: ['lab/grade/suite/*.suite.ts'],
    pool: 'forks',
    // `-- --watch` judges anew whenever a file of the submission is saved.
    watch: false,
    forceRerunTriggers: typeof place === 'string' ? [place, `${place}/**`] : [],
    maxConcurrency: 64,
    // Each run has limits of its own.
    testTimeout: 0,
    hookTimeout: 0,
    teardownTimeout: 30_000,
  },
});
