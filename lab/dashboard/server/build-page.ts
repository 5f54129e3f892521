import { join } from 'node:path';
import { build } from 'vite';

const PAGE = join(import.meta.dirname, '../page');
/** Browsers of 2023 and later. */
const BROWSERS = ['chrome120', 'firefox120', 'safari17'];

/**
 * Builds the live page: `index.html`, and in `assets/` what it loads, each named by a hash of what is in it.
 *
 * @param outDir where to, an absolute path; what is there is replaced
 * @throws Error of the bundler for a page that cannot be built
 */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    logLevel: 'silent',
    envFile: false,
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: BROWSERS,
      modulePreload: false,
      license: false,
      reportCompressedSize: false,
      // Data in a style would be another source to allow.
      assetsInlineLimit: 0,
      rolldownOptions: { output: { comments: { legal: false } } },
    },
  });
}
