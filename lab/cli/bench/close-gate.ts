import { Gates } from '../../gate/gates.ts';
import type { GateName } from '../../gate/kinds.ts';
import type { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { LocalRules } from '../../observe/local-rules.ts';

/** Closes a gate on a host that nobody else watches, for as long as the host is there. */
export async function closeGate(host: NamespaceHost, gate: GateName): Promise<void> {
  await new Gates(host.name, new LocalRules(host)).drop(gate);
}
