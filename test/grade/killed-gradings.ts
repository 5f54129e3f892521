import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { workKey } from '../../lab/grade/plan.ts';
import { readPlan } from '../../lab/grade/plan-file.ts';
import { belongings } from '../support/leftovers.ts';
import { grade, makeClass, rightAnswers } from './cli-class.ts';

/** These take a tenth to four tenths of a second each. */
const SHORT = [10, 22, 25];
const STUDENTS = 14;
const JOBS = 2;
/** Two of three are killed so early at the latest: while it reads, takes in, and makes its slots. */
const EARLY_MS = 1_000;
/** The others are killed within this after their first row: while two are judged, rows are written, and at the end the book. */
const LATE_MS = 500;

/** What became of a grading that was killed again and again, and then left alone. */
export interface Survived {
  /** How often it was still running when it was killed, and with which number of rows in the journal each time. */
  readonly killedAt: readonly number[];
  readonly planned: readonly string[];
  /** The keys of the terminal rows in the journal, in its order. */
  readonly judged: readonly string[];
  readonly notPassed: readonly string[];
  readonly left: {
    readonly processes: readonly string[];
    readonly mounts: readonly string[];
    readonly halfWritten: readonly string[];
    readonly groups: readonly string[];
  };
}

/**
 * Grades some 40 submissions into one folder, and kills it at random moments, by SIGKILL and SIGINT in turns; then lets it finish.
 * @param folder an empty one
 */
export async function killAgainAndAgain(folder: string, times: number): Promise<Survived> {
  const [submissions, out] = [join(folder, 'submissions'), join(folder, 'graded')];
  makeClass(
    submissions,
    Object.fromEntries(Array.from({ length: STUDENTS }, (_, n) => [`s${n}`, rightAnswers(...SHORT)])),
  );
  const marker = `tcplab-resume-${randomUUID()}`;
  const args = [submissions, '--out', out, '--jobs', String(JOBS)];
  const env = { TCPLAB_TEST_MARKER: marker };
  const journal = join(out, 'journal.jsonl');
  const mountsBefore = mounts();
  const killedAt: number[] = [];
  const pids: number[] = [];
  for (let n = 0; n < times; n++) {
    const running = grade(args, { env });
    if (running.pid !== undefined) pids.push(running.pid);
    const kill = (ms: number): void => {
      const signal = n % 4 < 2 ? 'SIGKILL' : 'SIGINT';
      const timer = setTimeout(() => void running.kill(signal), Math.random() * ms);
      void running.then(() => clearTimeout(timer));
    };
    if (n % 3 !== 2) kill(EARLY_MS);
    else running.stderr?.once('data', () => kill(LATE_MS));
    const { exitCode } = await running;
    if (exitCode !== 0) killedAt.push(existsSync(journal) ? readJournal(journal).length : 0);
  }
  const last = grade(args, { env });
  if (last.pid !== undefined) pids.push(last.pid);
  const { exitCode, stdout, stderr } = await last;
  if (exitCode !== 0) throw new Error(`the last one ended with ${exitCode}: ${stdout}\n${stderr}`);
  const plan = readPlan(join(out, 'plan.jsonl'));
  const rows = readJournal(journal).filter(({ terminal }) => terminal);
  return {
    killedAt,
    planned: plan.rows.map((row) => workKey(row, plan.header.suite)),
    judged: rows.map(({ key }) => key),
    notPassed: rows.flatMap(({ status, student, exercise, because }) =>
      status === 'ok' ? [] : [`${student} ${exercise.number}: ${status} ${because}`],
    ),
    left: {
      processes: (await belongings(marker)).processes,
      mounts: mounts().filter((mount) => !mountsBefore.includes(mount)),
      halfWritten: readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.new$|\/\.(new|old)-/.test(name),
      ),
      groups: slotGroups(pids),
    },
  };
}

/** But for those of a Docker engine, which come and go with its containers. */
function mounts(): string[] {
  const all = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return all.filter((mount) => !/ \/(var\/lib|run)\/docker\//.test(mount));
}

/** The control groups that gradings of these process numbers have made for their slots. */
function slotGroups(pids: readonly number[], folder = '/sys/fs/cgroup'): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => pids.includes(Number(/tcplab-slot-(\d+)-[\d-]+$/.exec(path)?.[1])));
  } catch {
    return [];
  }
}
