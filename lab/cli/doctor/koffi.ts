import type { Check, Finding } from './check.ts';
import { textOf } from './files.ts';
import { firstLine, type LoadFailure } from './loading.ts';
import { ROOT } from './machine.ts';
import { INSTALL_AGAIN, LOOK_AGAIN } from './reinstall.ts';

/** koffi calls the C library: sockets, namespaces, netlink. */
export function koffiCheck(load: () => Promise<LoadFailure | undefined>): Check {
  return {
    id: 'koffi',
    title: 'koffi',
    group: 'Machine, Node and packages',
    run: async () => koffiFinding(await load(), installedVersion('koffi')),
  };
}

export function koffiFinding(failure: LoadFailure | undefined, version: string | undefined): Finding {
  if (failure === undefined) return { status: 'works', detail: `${version ?? 'loads'}, calls the C library` };
  const disables = 'Everything that touches the kernel: hosts, gates, witnesses, every exercise.';
  if (failure.code === 'ERR_MODULE_NOT_FOUND' || failure.code === 'MODULE_NOT_FOUND') {
    return {
      status: 'missing',
      detail: 'the package is not installed',
      disables,
      remedy: ['The launcher installs it:', LOOK_AGAIN],
    };
  }
  return {
    status: 'broken',
    detail: `does not load: ${firstLine(failure.message)}`,
    disables,
    remedy: ['Install the packages afresh:', INSTALL_AGAIN],
  };
}

/** The version of a package in node_modules, whether it loads or not. */
export function installedVersion(name: string): string | undefined {
  try {
    const { version } = JSON.parse(textOf(`${ROOT}node_modules/${name}/package.json`) ?? '') as {
      version?: string;
    };
    return version;
  } catch {
    return undefined;
  }
}
