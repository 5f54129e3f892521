import { join } from 'node:path';
import { execa, type Options, type ResultPromise } from 'execa';

/** The folder that the repository is in. */
export const ROOT = join(import.meta.dirname, '../..');

/** A command's failure is a result, not an exception; it has no standard input and no colours. */
export const quietly = {
  cwd: ROOT,
  reject: false,
  stdin: 'ignore',
  env: { NO_COLOR: '1' },
} as const satisfies Options;

/** Runs `./tcplab` as a user does. A failing command is a result, not an exception. */
export function tcplab(...args: string[]): ResultPromise<typeof quietly> {
  return execa(join(ROOT, 'tcplab'), args, quietly);
}
