/** Settings that would change how programs are run or judged. */
const SETTINGS =
  /^(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|\.npmrc|\.noderc|\.env|(vitest|vite)\.(config|workspace)\..+)$/i;

/** A program is TypeScript or JavaScript, and may import such files by a relative path. */
const CANDIDATE = /\.(ts|js|mjs|json)$/;

/** Written by `./tcplab start` and by editors; nothing that runs reads them. */
const EDITORS = /^(ts|js)config(\..+)?\.json$/i;

/**
 * Why a file or folder of this path is not taken, whatever it is.
 *
 * @returns a sentence; `'quietly'` for what tools leave behind without their owner's knowing; undefined when it may be taken
 */
export function leftOut(path: readonly string[]): string | undefined {
  for (const name of path) {
    if (/^node_modules$/i.test(name))
      return 'node_modules is not taken: programs run with the packages of the course.';
    if (SETTINGS.test(name)) return `${name} is not taken: programs run with the settings of the course.`;
    if (name.startsWith('.') || name === '__MACOSX' || EDITORS.test(name)) return 'quietly';
  }
  return undefined;
}

/** Whether a run may use a file of this name. */
export function mayRun(name: string): boolean {
  return CANDIDATE.test(name);
}
