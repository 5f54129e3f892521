import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path in a folder of this test's own, which goes when the test has ended. */
export function temporaryPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-grade-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
