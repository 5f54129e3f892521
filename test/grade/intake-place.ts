import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IntakeOptions, intake } from '../../lab/grade/intake/intake.ts';
import type { IntakeReport } from '../../lab/grade/intake/report.ts';

/** A folder of submissions and a store, removed at the end of a test: `using place = new Place()`. */
export class Place implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'tcplab-intake-'));
  readonly dir = join(this.root, 'handed in');
  readonly store = join(this.root, 'out', 'intake');

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    mkdirSync(this.dir);
    this.add(files);
  }

  /** Writes files below the folder of submissions. */
  add(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, path)), { recursive: true });
      writeFileSync(join(this.dir, path), content);
    }
  }

  async intake(options?: IntakeOptions): Promise<IntakeReport> {
    return await intake(this.dir, this.store, options);
  }

  /** The store: by path below it each file's text, and `null` for an empty folder. */
  stored(): Record<string, string | null> {
    return contentsOf(this.store);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** By path below a folder: each file's text, and `null` for an empty folder. Fails on anything else. */
function contentsOf(folder: string, path = ''): Record<string, string | null> {
  const all: Record<string, string | null> = {};
  for (const name of readdirSync(join(folder, path)).sort()) {
    const here = join(path, name);
    const stats = lstatSync(join(folder, here));
    if (stats.isFile()) all[here] = readFileSync(join(folder, here), 'utf8');
    else if (!stats.isDirectory()) throw new Error(`${here} is neither a file nor a folder`);
    else if (readdirSync(join(folder, here)).length === 0) all[here] = null;
    else Object.assign(all, contentsOf(folder, here));
  }
  return all;
}

/** The sentences about one student. */
export function sentences({ trouble }: IntakeReport, student: string): string[] {
  return trouble.filter((one) => one.student === student).map(({ sentence }) => sentence);
}
