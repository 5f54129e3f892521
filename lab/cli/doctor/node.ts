import type { Check, Finding } from './check.ts';
import { ROOT } from './machine.ts';

const NEEDED = [24, 12] as const;

/** Node >= 24.12: it runs TypeScript as it is. Whether it is the launcher's private one says where it comes from. */
export const nodeCheck: Check = {
  id: 'node',
  title: 'Node',
  group: 'Machine, Node and packages',
  run: async () => nodeFinding(process.versions.node, process.execPath, `${ROOT}.tcplab/`),
};

/** @param own the folder of the launcher's private Node. */
export function nodeFinding(version: string, file: string, own: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const place = file.startsWith(own) ? "the lab's own" : file;
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) {
    return { status: 'works', detail: `${version}, ${place}` };
  }
  return {
    status: 'broken',
    detail: `${version}, ${place}; the lab needs ${NEEDED.join('.')} or later`,
    disables: 'Everything: older Nodes do not run TypeScript as it is.',
    remedy: [
      'Start the lab by its launcher, which fetches a Node of its own when this one is too old:',
      { run: './tcplab doctor' },
    ],
  };
}
