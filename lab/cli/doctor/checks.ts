import { realpathSync } from 'node:fs';
import { bubblewrapCheck } from './bubblewrap.ts';
import { cgroupsCheck } from './cgroups.ts';
import type { Check, Finding } from './check.ts';
import { dockerCheck } from './docker.ts';
import { findTool } from './find-tool.ts';
import { gatesFinding } from './gates.ts';
import { type InsideReport, lookInside } from './inside.ts';
import { type InsideContext, type Part, partFinding } from './inside-finding.ts';
import { HOSTS, LINK, SOCKETS, SS, TAP } from './inside-parts.ts';
import { kernelCheck } from './kernel.ts';
import { knobsFinding } from './knobs.ts';
import { koffiCheck } from './koffi.ts';
import { libnftablesCheck } from './libnftables.ts';
import { loadFailure } from './loading.ts';
import type { Machine } from './machine.ts';
import { hasStockProfile } from './namespace-facts.ts';
import { namespacesFinding } from './namespaces.ts';
import { nodeCheck } from './node.ts';
import { packagesCheck } from './packages.ts';
import { rawFinding } from './raw-mark.ts';
import { rawSocketCheck } from './raw-socket.ts';
import { systemCheck } from './system.ts';
import { tablesFinding } from './tables.ts';
import { toolChecks } from './tools.ts';
import { traceCheck } from './trace.ts';

/** Every check, in the order of the report, which is also the order to mend things in. */
export function checksFor(machine: Machine): readonly Check[] {
  if (machine.platform !== 'linux') return [systemCheck(machine), nodeCheck];
  const koffi = once(() => loadFailure('koffi'));
  const library = once(() => loadFailure('libnftables'));
  const namespaces = once(() => namespacesFinding(machine));
  const look = once(async (): Promise<InsideReport | Finding> => {
    if ((await namespaces()).status !== 'works') return { status: 'untried', detail: 'namespaces first' };
    if ((await koffi()) !== undefined) return { status: 'untried', detail: 'koffi first' };
    return await lookInside();
  });
  const context: InsideContext = {
    machine,
    unshare: realpathSync(findTool('unshare', machine.path)?.file ?? '/'),
    stockProfile: hasStockProfile(),
  };
  const inside = (
    id: string,
    title: string,
    judge: (report: InsideReport) => Finding | Promise<Finding>,
  ): Check => ({
    id,
    title,
    group: 'Kernel, tried inside the lab',
    async run() {
      const report = await look();
      return 'status' in report ? report : await judge(report);
    },
  });
  const part = (id: string, title: string, tried: Part): Check =>
    inside(id, title, (report) => partFinding(tried, report, context));
  return [
    systemCheck(machine),
    kernelCheck(machine),
    nodeCheck,
    packagesCheck,
    koffiCheck(koffi),
    rawSocketCheck(
      machine,
      once(() => loadFailure('raw-socket')),
    ),
    libnftablesCheck(machine, koffi, library),
    ...toolChecks(machine),
    { id: 'namespaces', title: 'namespaces', group: 'Namespaces', run: namespaces },
    part('hosts', 'network namespaces', HOSTS),
    part('link', 'virtual link', LINK),
    inside('gates', 'nftables gates', async (report) => gatesFinding(report, await library(), context)),
    inside('raw', 'raw socket', (report) => rawFinding(report, context)),
    part('tap', 'packet socket', TAP),
    part('sockets', 'sock_diag', SOCKETS),
    part('ss-inside', 'ss inside', SS),
    inside('knobs', 'sysctls', knobsFinding),
    inside('tables', 'connection table', tablesFinding),
    traceCheck(machine),
    cgroupsCheck(machine),
    bubblewrapCheck(machine),
    dockerCheck(machine),
  ];
}

/** A function that does its work at most once and gives everybody the same result. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
