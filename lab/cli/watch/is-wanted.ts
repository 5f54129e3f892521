import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { isInWork } from '../../workspace/place.ts';
import { progressFile } from '../../workspace/progress-file.ts';

const STDIN = 0;
const STDOUT = 1;

/** Whether the bare command means `watch`: in the workspace, or at a terminal once there is any progress. */
export function isWatchWanted(): boolean {
  return isInWork() || (isatty(STDIN) && isatty(STDOUT) && existsSync(progressFile()));
}
