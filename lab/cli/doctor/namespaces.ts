import { realpathSync } from 'node:fs';
import { IN_NAMESPACES } from '../../host/namespaces/enter.ts';
import { attempt } from './attempt.ts';
import type { Finding } from './check.ts';
import { findTool } from './find-tool.ts';
import type { Machine } from './machine.ts';
import { namespaceProblem } from './namespace-cause.ts';
import { namespaceFacts } from './namespace-facts.ts';

/** Makes the lab's namespaces by the lab's own command, with a Node inside that does nothing. */
export async function namespacesFinding(machine: Machine): Promise<Finding> {
  const absent = ['setpriv', 'unshare'].filter((tool) => findTool(tool, machine.path)?.onPath !== true);
  if (absent.length > 0) return { status: 'untried', detail: `${absent.join(' and ')} first` };
  const begun = performance.now();
  const { exitCode, stderr } = await attempt([...IN_NAMESPACES, process.execPath, '--version']);
  if (exitCode === 0) {
    const who = machine.root ? '' : ', without root';
    return { status: 'works', detail: `made in ${Math.ceil(performance.now() - begun)} ms${who}` };
  }
  const unshare = findTool('unshare', machine.path)?.file ?? '/usr/bin/unshare';
  return namespaceProblem(namespaceFacts(stderr, realpathSync(unshare), machine));
}
