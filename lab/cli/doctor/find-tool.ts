import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the system's tools live that an ordinary user's PATH may lack. The launcher adds them. */
const SYSTEM_DIRECTORIES = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

export interface FoundTool {
  readonly file: string;
  /** False for a tool that lies where PATH does not lead. */
  readonly onPath: boolean;
}

/** Looks for a program as a shell would, and then where PATH may not lead. */
export function findTool(name: string, path: string): FoundTool | undefined {
  const directories = path.split(delimiter).filter((directory) => directory !== '');
  const inPath = directories.find((directory) => isProgram(join(directory, name)));
  if (inPath !== undefined) return { file: join(inPath, name), onPath: true };
  const elsewhere = SYSTEM_DIRECTORIES.find((directory) => isProgram(join(directory, name)));
  return elsewhere === undefined ? undefined : { file: join(elsewhere, name), onPath: false };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
