import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program written for one test, in a folder of its own that goes with it. */
export class WrittenProgram implements Disposable {
  readonly file: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tcplab-test-'));

  constructor(source: string, name = 'program.ts') {
    this.file = join(this.#folder, name);
    writeFileSync(this.file, source);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

export function written(source: string, name?: string): WrittenProgram {
  return new WrittenProgram(source, name);
}
