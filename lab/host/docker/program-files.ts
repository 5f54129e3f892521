import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CAGE } from './cage-places.ts';
import type { CarriedFile } from './launcher.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the image holds the checkout, and where files that it does not hold are carried to. */
const IMAGE_ROOT = '/tcplab';
const CARRIED = '/programs';

/** What of the checkout is in the image. */
const HELD = ['servers', 'clients', 'lab'];

/** More than a student's program has; what is beyond does not go. */
const MOST_FILES = 64;
const MOST_BYTES = 4 << 20;

/** A relative import or export, and a dynamic import, of a string. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/** A program as a container is to run it. */
export interface Carried {
  /** Its path there. */
  readonly file: string;
  /** What has to be written there first: nothing for a program that the image holds. */
  readonly files: readonly CarriedFile[];
  /** Has a text from there name files as they are called here. */
  readonly mended: (text: string) => string;
}

/** What it takes to run a program in a container: itself, and what it imports by a relative path. */
export function carried(file: string): Carried {
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  const mended = (text: string): string =>
    text.replaceAll(`${CARRIED}/`, '/').replaceAll(`${IMAGE_ROOT}/`, ROOT);
  const below = relative(ROOT, path);
  if (HELD.includes(below.split(sep)[0] ?? '')) return { file: join(IMAGE_ROOT, below), files: [], mended };
  return { file: `${CARRIED}${path}`, files: filesOf(path), mended };
}

/** The same for a program in a cage: its whole folder goes, as it is all that such a program has. */
export function carriedSubmission(file: string): Carried {
  const folder = dirname(file);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const place = join(CAGE.submission, relative(folder, path));
    return entry.isFile() ? [{ path: place, base64: readFileSync(path).toString('base64') }] : [];
  });
  // As it is called in every sandbox.
  const mended = (text: string): string => text.replaceAll(`${CAGE.submission}/`, '/submission/');
  return { file: join(CAGE.submission, basename(file)), files, mended };
}

function filesOf(program: string): CarriedFile[] {
  const files: CarriedFile[] = [];
  const toRead = [program];
  let bytes = 0;
  for (const path of toRead) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true || files.length >= MOST_FILES || bytes + found.size > MOST_BYTES) continue;
    const content = readFileSync(path);
    bytes += content.length;
    files.push({ path: `${CARRIED}${path}`, base64: content.toString('base64') });
    for (const [, , specifier = ''] of content.toString('utf8').matchAll(IMPORT)) {
      const imported = join(dirname(path), specifier);
      if (!toRead.includes(imported)) toRead.push(imported);
    }
  }
  return files;
}
