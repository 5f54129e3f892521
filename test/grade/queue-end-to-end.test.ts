import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { workKey } from '../../lab/grade/plan.ts';
import { readPlan } from '../../lab/grade/plan-file.ts';
import { belongings } from '../support/leftovers.ts';
import { grade, makeClass, rightAnswers } from './cli-class.ts';
import { describeWithRedis, LOSES_NOTHING, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

const STUDENTS = 8;

describeWithRedis('a plan, a queue, and real workers', () => {
  test('one of two workers is killed, and every planned row has its verdict once', {
    timeout: 240_000,
  }, async () => {
    const redis = await RedisServer.start(...LOSES_NOTHING);
    const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
    makeClass(
      submissions,
      Object.fromEntries(Array.from({ length: STUDENTS }, (_, n) => [`s${n}`, rightAnswers(10, 22, 25)])),
    );
    expect(await grade(['plan', submissions, '--out', out])).toMatchObject({ exitCode: 0 });
    const plan = join(out, 'plan.jsonl');
    const marker = `tcplab-queue-${process.pid}`;
    const env = { TCPLAB_TEST_MARKER: marker };
    const [doomed, other] = [1, 2].map(() =>
      grade(['work', '--redis', redis.socket, '--jobs', '2'], { env }),
    );
    if (doomed === undefined || other === undefined) throw new Error('there are two');
    onTestFinished(() => [doomed, other].forEach((worker) => void worker.kill('SIGKILL')));
    const enqueue = grade(['enqueue', '--plan', plan, '--redis', redis.socket, '--json'], { env });
    const journal = join(out, 'journal.jsonl');
    while (
      !existsSync(journal) ||
      !readJournal(journal).some(({ worker }) => worker.includes(`/${doomed.pid}/`))
    )
      await Promise.race([once(enqueue.stderr as NodeJS.EventEmitter, 'data'), enqueue]);
    doomed.kill('SIGKILL');

    const { exitCode, stdout, stderr } = await enqueue;
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ planned: 3 * STUDENTS, open: 0, passed: 3 * STUDENTS });
    const { header, rows: planned } = readPlan(plan);
    const rows = readJournal(journal).filter(({ terminal }) => terminal);
    expect(rows.map(({ key }) => key).toSorted()).toEqual(
      planned.map((row) => workKey(row, header.suite)).toSorted(),
    );
    // The dead one has done some, the living one the rest.
    expect(new Set(rows.map(({ worker }) => worker.split('/').at(-2)))).toEqual(
      new Set([String(doomed.pid), String(other.pid)]),
    );
    other.kill('SIGTERM');
    expect(await other).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+ judged/) as string,
    });
    expect(existsSync(join(out, 'gradebook.html'))).toBe(true);
    expect((await belongings(marker)).processes).toEqual([]);
  });
});
