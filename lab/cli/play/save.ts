import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TimelineData } from '../../observe/timeline.ts';
import { toJsonLines } from '../../report/json-lines.ts';
import { toPcapng } from '../../report/pcapng.ts';
import { UsageError } from '../command.ts';
import { makeFolder } from '../make-folder.ts';

export const TIMELINE = 'timeline.jsonl';
const CAPTURE = 'capture.pcapng';

/** Checks that a run can be saved in a folder, and makes it. @throws UsageError when a run is there or it cannot be written. */
export function checkFree(typed: string, more: readonly string[] = []): void {
  const folder = resolve(typed);
  for (const file of [TIMELINE, CAPTURE, ...more]) {
    if (!existsSync(join(folder, file))) continue;
    throw new UsageError(
      `${typed} already holds a run (${file}); --save takes another folder, or remove it first`,
    );
  }
  try {
    if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error('it is a file');
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot save in ${typed}: ${reason}`, { cause: error });
  }
}

/** Writes a run's timeline and capture. Synchronous: it is also called when the process is being interrupted. */
export function saveRun(folder: string, timeline: TimelineData): void {
  writeFileSync(join(folder, TIMELINE), toJsonLines(timeline), { flag: 'wx' });
  writeFileSync(join(folder, CAPTURE), toPcapng(timeline), { flag: 'wx' });
}

/** What to look at after a run was saved. */
export function savedSentence(folder: string): string {
  return `Saved ${join(folder, TIMELINE)} and ${join(folder, CAPTURE)} (for Wireshark).`;
}
