import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { quietly, ROOT } from './tcplab.ts';

/** A workspace of its own, below the repository's as a student's is, so that programs resolve `#lab/…` as theirs do. */
export class Student {
  readonly work: string;

  constructor() {
    mkdirSync(join(ROOT, 'work'), { recursive: true });
    this.work = mkdtempSync(join(ROOT, 'work', '.test-'));
    onTestFinished(() => rmSync(this.work, { recursive: true, force: true }));
  }

  get env() {
    return { NO_COLOR: '1', TCPLAB_WORK: this.work };
  }

  /** Runs a verb with this workspace; a failing command is a result, not an exception. */
  tcplab(...args: string[]) {
    return execa(join(ROOT, 'tcplab'), args, { ...quietly, env: this.env });
  }

  /** A file of the workspace. */
  path(...names: string[]): string {
    return join(this.work, ...names);
  }

  /** What progress.json says. */
  progress(): Record<string, unknown> & { exercises: Record<string, Record<string, unknown>> } {
    return JSON.parse(readFileSync(this.path('progress.json'), 'utf8')) as ReturnType<Student['progress']>;
  }
}

export const REFERENCE = join(ROOT, 'clients/withhold-ack.ts');
export const WRONG = join(ROOT, 'lab/exercises/04-syn-rcvd/wrong/reset.ts');
