import { existsSync } from 'node:fs';
import type { Check, Finding } from './check.ts';
import { textOf } from './files.ts';
import { ROOT } from './machine.ts';
import { LOOK_AGAIN } from './reinstall.ts';

/** The packages that package.json names; whether native ones also load is for other checks. */
export const packagesCheck: Check = {
  id: 'packages',
  title: 'packages',
  group: 'Machine, Node and packages',
  async run() {
    const { dependencies = {} } = JSON.parse(textOf(`${ROOT}package.json`) ?? '{}') as {
      dependencies?: Record<string, string>;
    };
    const names = Object.keys(dependencies);
    return packagesFinding(
      names,
      names.filter((name) => !existsSync(`${ROOT}node_modules/${name}/package.json`)),
    );
  },
};

function packagesFinding(names: readonly string[], missing: readonly string[]): Finding {
  if (missing.length === 0) return { status: 'works', detail: `${names.join(', ')} are installed` };
  return {
    status: 'missing',
    detail: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed`,
    disables: 'Everything but this report.',
    remedy: ['The launcher installs them:', LOOK_AGAIN],
  };
}
