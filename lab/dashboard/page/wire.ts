import type { GateStatus, HostStatus } from '../protocol.ts';
import type { Handle } from './handles.ts';
import { isRunning, store, wish } from './page.ts';

/** The gate's status, or undefined when nobody has touched it in this run. */
export function gateOf(handle: Extract<Handle, { kind: 'gate' }>): GateStatus | undefined {
  return hostNamed(handle.host)?.gates.find(({ gate }) => gate === handle.gate);
}

/** Whether a handle holds anything back now. */
export function isHolding(handle: Handle): boolean {
  return handle.kind === 'wire' ? hostNamed(handle.host)?.isHeld === true : gateOf(handle)?.isClosed === true;
}

/** Holds back, or lets go. Without a run there is nothing to hold. */
export function toggle(handle: Handle): void {
  if (!isRunning.value) return;
  const { host } = handle;
  if (handle.kind === 'wire') wish({ do: 'wire', host, held: !isHolding(handle) });
  else wish({ do: 'gate', host, gate: handle.gate, closed: !isHolding(handle) });
}

function hostNamed(name: string): HostStatus | undefined {
  return store.run.value?.hosts.find((host) => host.name === name);
}
