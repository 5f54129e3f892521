import { registerHooks } from 'node:module';
import packageJson from '../../package.json' with { type: 'json' };

/**
 * Loaded with `--import` before a program that is kept outside the repository: gives it `#lab/socket` and `#lab/raw` all the same.
 * Inside the repository the nearest package.json does.
 */
const LAB = new Map(
  Object.entries(packageJson.imports).map(([name, path]) => [
    name,
    new URL(`../../${path}`, import.meta.url).href,
  ]),
);

registerHooks({
  resolve(specifier, context, next) {
    const url = LAB.get(specifier);
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
  },
});
