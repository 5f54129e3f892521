import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Job, jobOf, parseJob } from '../../lab/grade/job.ts';
import { workKey } from '../../lab/grade/plan.ts';
import { planFor, SUITE } from './queue-plan.ts';

test('a job has all that another machine needs, and comes through JSON as it is', () => {
  const { job } = anyJob({ attempt: 2, rerun: 1 });
  expect(job).toMatchObject({
    student: 'student-000',
    exercise: { number: 1, slug: '01-some' },
    suite: SUITE,
    attempt: 2,
    rerun: 1,
    seed: expect.stringMatching(/^[0-9a-f]{16}$/),
    files: [
      { path: 'client.ts', base64: Buffer.from('// student-000 1\n').toString('base64') },
      { path: 'inner/more.ts', base64: Buffer.from([0, 255, 13, 10]).toString('base64') },
    ],
  });
  expect(job.key).toBe(workKey(job, SUITE));
  expect(parseJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
});

test('every try has a seed of its own', () => {
  expect(anyJob().job.seed).not.toBe(anyJob().job.seed);
});

test('files that have changed since they were planned are not judged', () => {
  const { plan, store, row, folder } = anyJob();
  writeFileSync(join(folder, 'client.ts'), 'other');
  expect(() => jobOf(plan, row, store)).toThrow(/are not those that were planned\. Make the plan anew/);
  rmSync(folder, { recursive: true });
  expect(() => jobOf(plan, row, store)).toThrow(/cannot be read: ENOENT.*Is the plan beside its store\?/);
});

test('a link in the store is not followed', () => {
  const { plan, store, row, folder } = anyJob();
  rmSync(join(folder, 'client.ts'));
  symlinkSync('/etc/hostname', join(folder, 'client.ts'));
  expect(() => jobOf(plan, row, store)).toThrow(/is no file of the intake/);
});

test.each<[string, (job: Job) => unknown, RegExp]>([
  ['nothing', () => null, /This is no job/],
  [
    'a file outside',
    (job) => ({ ...job, files: [{ path: '../../a.ts', base64: '' }] }),
    /"files" should be in their folder/,
  ],
  [
    'an absolute file',
    (job) => ({ ...job, files: [{ path: '/a.ts', base64: '' }] }),
    /"files" should be in their folder/,
  ],
  ['other files', (job) => ({ ...job, files: job.files.slice(1) }), /"digest" should be that of its files/],
  ['another student', (job) => ({ ...job, student: 'eve' }), /"key" should be that of its student/],
  ['no attempt', (job) => ({ ...job, attempt: 0 }), /"attempt" should be a whole number/],
  [
    '5 MiB',
    (job) => ({ ...job, files: [{ path: 'a', base64: Buffer.alloc(5 << 20).toString('base64') }] }),
    /4 MiB at most/,
  ],
])('%s is no job', (_what, change, complaint) => {
  expect(() => parseJob(change(anyJob().job))).toThrow(complaint);
});

function anyJob(how = {}) {
  const { plan, store } = planFor(1);
  const [row] = plan.rows;
  if (row === undefined) throw new Error('there is a row');
  return { plan, store, row, folder: join(store, row.folder), job: jobOf(plan, row, store, how) };
}
