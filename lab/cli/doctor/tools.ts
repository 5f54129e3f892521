import { attempt } from './attempt.ts';
import type { Check, Finding } from './check.ts';
import { type FoundTool, findTool } from './find-tool.ts';
import { type Installing, installSteps } from './install.ts';
import type { Machine } from './machine.ts';

interface Tool {
  readonly name: string;
  /** Prints the version. */
  readonly version: readonly string[];
  /** What is lost without it; for an optional tool, what it adds. A clause for an optional one, else a sentence. */
  readonly loss: string;
  readonly optional?: true;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'ss',
    version: ['-V'],
    loss: 'The line of ss that every state is shown with: the tour, every check, every exercise.',
  },
  {
    name: 'unshare',
    version: ['-V'],
    loss: "The lab's namespaces: the tour and every exercise.",
  },
  {
    name: 'setpriv',
    version: ['-V'],
    loss: "The lab's namespaces, which it ends when the lab is killed: the tour and every exercise.",
  },
  { name: 'ip', version: ['-V'], loss: 'to look at interfaces and routes by hand', optional: true },
  { name: 'nft', version: ['-v'], loss: 'to look at gates by hand', optional: true },
  { name: 'tcpdump', version: ['--version'], loss: 'to watch segments by hand', optional: true },
  { name: 'tshark', version: ['--version'], loss: 'to read saved captures, field by field', optional: true },
  {
    name: 'hping3',
    version: ['-v'],
    loss: 'to send odd segments and floods of SYNs by hand',
    optional: true,
  },
];

/** One check for each of the system's tools. */
export function toolChecks(machine: Machine): Check[] {
  return TOOLS.map((tool) => ({
    id: tool.name,
    title: tool.name,
    group: 'Tools',
    async run() {
      const found = findTool(tool.name, machine.path);
      return toolFinding(tool, found, found && (await versionOf(found.file, tool.version)), machine);
    },
  }));
}

/** @param version undefined when the tool is there and does not run. */
export function toolFinding(
  tool: Tool,
  found: FoundTool | undefined,
  version: string | undefined,
  machine: Installing,
): Finding {
  const { name, loss } = tool;
  const remedy = installSteps([name], machine);
  if (tool.optional) {
    if (found === undefined)
      return { status: 'optional', detail: `not installed; it serves ${loss}`, remedy };
    const hint = found.onPath ? '' : `, in ${found.file}, which ./tcplab finds`;
    return { status: 'works', detail: `${version ?? 'does not say its version'}${hint}` };
  }
  if (found === undefined) {
    return { status: 'missing', detail: 'not installed', disables: loss, remedy, install: [name] };
  }
  if (version === undefined) {
    return {
      status: 'broken',
      detail: `${found.file} does not run, or is another program (BusyBox?)`,
      disables: loss,
      remedy,
      install: [name],
    };
  }
  if (!found.onPath) {
    return {
      status: 'broken',
      detail: `is ${found.file}, where PATH does not lead`,
      disables: loss,
      remedy: ['The launcher adds the place to PATH:', { run: './tcplab doctor' }],
    };
  }
  return { status: 'works', detail: version };
}

/** The version a tool prints, without its name; undefined when it does not run or prints none, as BusyBox does. */
async function versionOf(file: string, args: readonly string[]): Promise<string | undefined> {
  const { stdout, stderr } = await attempt([file, ...args]);
  const line = `${stdout}\n${stderr}`
    .split('\n')
    .find((text) => /\d+\.\d+/.test(text) && !text.includes('BusyBox'));
  return line === undefined ? undefined : /(?:iproute2-|\bv)?(\d+(?:\.\d+)+\S*?)(?=[,\s)]|$)/.exec(line)?.[1];
}
