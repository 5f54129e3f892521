import { readdirSync } from 'node:fs';
import { STAGES } from '../../exercise/tour/stages.ts';
import type { Check, Finding } from './check.ts';
import { textOf } from './files.ts';
import { findTool } from './find-tool.ts';
import { type Installing, installSteps } from './install.ts';
import { installedVersion } from './koffi.ts';
import { firstLine, type LoadFailure } from './loading.ts';
import { type Machine, ROOT } from './machine.ts';
import { INSTALL_AGAIN, LOOK_AGAIN } from './reinstall.ts';
import { list } from './verdict.ts';

/** What compiling the addon takes. */
const COMPILER = ['make', 'g++', 'python3'];

/** raw-socket sends and receives segments that a program built by hand. It is compiled on this machine, for one Node. */
export function rawSocketCheck(machine: Machine, load: () => Promise<LoadFailure | undefined>): Check {
  return {
    id: 'raw-socket',
    title: 'raw-socket',
    group: 'Machine, Node and packages',
    async run() {
      const missing = COMPILER.filter((tool) => findTool(tool, machine.path) === undefined);
      return rawSocketFinding(await load(), missing, rawPrograms(), machine, installedVersion('raw-socket'));
    },
  };
}

/**
 * @param missing which of the compiler's tools are not here.
 * @param programs the reference programs that import it.
 */
export function rawSocketFinding(
  failure: LoadFailure | undefined,
  missing: readonly string[],
  programs: readonly string[],
  machine: Installing,
  version?: string,
): Finding {
  if (failure === undefined) {
    return {
      status: 'works',
      detail: `${version ?? 'loads'}, compiled for this Node (ABI ${process.versions.modules})`,
    };
  }
  const { status, detail } = whyNot(failure);
  // A crash comes from a binary that the launcher takes for good: only a fresh one helps.
  const again = failure.code.startsWith('SIG') ? INSTALL_AGAIN : LOOK_AGAIN;
  const compile = ['The launcher compiles it, in about 5 seconds:', again];
  const disables = `Programs that build segments by hand (${programs.join(', ')}), and with them ${list(statesOf(programs))} of the tour.`;
  if (missing.length === 0) return { status, detail, disables, remedy: compile };
  return {
    status,
    detail: `${detail}; to compile it takes ${list(missing)} as well`,
    disables,
    remedy: [...installSteps(missing, machine), ...compile],
    install: missing,
    afterwards: compile,
  };
}

function whyNot({ code, message }: LoadFailure): { status: 'missing' | 'broken'; detail: string } {
  const abis = [...message.matchAll(/NODE_MODULE_VERSION (\d+)/g)].map(([, abi]) => abi);
  if (abis.length === 2) {
    return {
      status: 'broken',
      detail: `is compiled for another Node (ABI ${abis[0]}, this Node has ${abis[1]})`,
    };
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return { status: 'missing', detail: 'the package is not installed' };
  if (code === 'MODULE_NOT_FOUND') return { status: 'missing', detail: 'is not compiled' };
  return { status: 'broken', detail: `does not load: ${firstLine(message)}` };
}

/** The reference programs that build segments by hand, by what they import. */
function rawPrograms(): string[] {
  return ['servers', 'clients'].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`)
      .map((file) => `${folder}/${file}`)
      .filter((file) => textOf(`${ROOT}${file}`)?.includes(`'#lab/raw'`) === true),
  );
}

/** The states of the tour that these programs bring about. */
function statesOf(programs: readonly string[]): string[] {
  return STAGES.filter((stage) =>
    [stage.server, stage.client].some((program) => program !== undefined && programs.includes(program)),
  ).map(({ state }) => state);
}
