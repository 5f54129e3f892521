import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Compiles programs into Node's compile cache without running them: `node lab/host/compile/compile.ts FILE…`. A program that is
 * ended by a signal never writes the cache itself, and would be compiled anew at each start, which doubles its cost.
 *
 * Each file is imported together with a name it cannot export: Node loads and compiles it, finds the name missing, and stops
 * before a single statement is run.
 */
async function compile(file: string): Promise<void> {
  const url = pathToFileURL(resolve(file)).href;
  const importer = `import { ${MISSING} } from ${JSON.stringify(url)};`;
  try {
    await import(`data:text/javascript,${encodeURIComponent(importer)}`);
  } catch (error) {
    if (!(error instanceof SyntaxError && error.message.includes(MISSING))) throw error;
  }
}

const MISSING = '__tcplab_is_not_exported__';

await Promise.allSettled(process.argv.slice(2).map(compile));
flushCompileCache();
