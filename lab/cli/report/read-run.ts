import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { oneLine } from '../../grade/formats/plain-text.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { parseJsonLines, TimelineFormatError } from '../../report/json-lines.ts';
import { UsageError } from '../command.ts';
import { TIMELINE } from '../play/save.ts';

/** The timeline of a saved run: of its folder, or of the file itself. @throws UsageError when there is none. */
export function readRun(typed: string): TimelineData {
  const file = isFolder(typed) ? join(typed, TIMELINE) : typed;
  try {
    return parseJsonLines(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof TimelineFormatError)
      throw new UsageError(`${file} is no saved run: ${oneLine(error.message)}`, { cause: error });
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = error instanceof Error ? error.message : String(error);
    const because = isMissing ? `there is no ${file}` : reason;
    throw new UsageError(
      `${typed} is no saved run: ${because}. To save one: ./tcplab play SERVER CLIENT --save DIR`,
      {
        cause: error,
      },
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
