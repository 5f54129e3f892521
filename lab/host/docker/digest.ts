import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What the image holds of the checkout. `.dockerignore` has the same list. */
export const HELD = [
  'clients',
  'docker',
  'lab',
  'package-lock.json',
  'package.json',
  'servers',
  'tsconfig.json',
];

/** What editors and systems leave behind: hidden files, `name~`, `#name#`. */
const LEFT_BEHIND = /^\.|~$|^#.*#$/;

/**
 * A SHA-256, in hexadecimal, over the paths and contents of what the image holds of a checkout. It changes whenever the image would,
 * except for the packages, which package-lock.json stands for.
 * @param root the checkout's folder; of another folder without one of the files, the digest is of the others.
 */
export function checkoutDigest(root: string = ROOT): string {
  return filesDigest(HELD, root);
}

/** The same over the files at or below some paths of a checkout. */
export function filesDigest(paths: readonly string[], root: string = ROOT): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((name) => filesOf(root, name)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The digest of the checkout that this image was built of, or undefined where this is no image. */
export function imageDigest(): string | undefined {
  try {
    return readFileSync(join(ROOT, '.digest'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The files at or below `path`, relative to `root`, with `/` between the names. */
function filesOf(root: string, path: string): string[] {
  const entries = list(join(root, path));
  if (entries === undefined) return [path];
  return entries
    .filter(({ name }) => !LEFT_BEHIND.test(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    );
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
