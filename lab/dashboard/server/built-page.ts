import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutDigest, imageDigest } from '../../host/docker/digest.ts';
import { ROOT } from '../../workspace/place.ts';

/** Where built pages are kept, each under the digest of what it was built from; an image has one from its own build. */
const KEPT = join(ROOT, '.tcplab', 'page');
const DAY_MS = 86_400_000;

/** The folder with the built page of this checkout. It is built when it is not there, which takes a second or two. */
export async function builtPage(): Promise<string> {
  const name = (imageDigest() ?? checkoutDigest()).slice(0, 16);
  const kept = join(KEPT, name);
  if (existsSync(join(kept, 'index.html'))) return kept;
  const { buildPage } = await import('./build-page.ts');
  const folder = writableFolder();
  try {
    await buildPage(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return keep(folder, kept) ?? folder;
}

/** Beside the kept ones; in a folder of its own where that cannot be written. */
function writableFolder(): string {
  try {
    mkdirSync(KEPT, { recursive: true });
    return mkdtempSync(join(KEPT, 'new-'));
  } catch {
    return mkdtempSync(join(tmpdir(), 'tcplab-page-'));
  }
}

/** Keeps a page, unless somebody else was quicker. Those of other checkouts go after a day: a server may still show them. */
function keep(folder: string, kept: string): string | undefined {
  try {
    for (const old of readdirSync(KEPT)) {
      const path = join(KEPT, old);
      if (path !== folder && Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true });
    }
    renameSync(folder, kept);
    return kept;
  } catch {
    return existsSync(kept) ? kept : undefined;
  }
}
