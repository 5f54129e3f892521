import { GATE_NAMES, type GateName } from '../../gate/kinds.ts';

/** A button of the hands-on wire: a gate at a host, or everything that `host` sends. */
export type Handle =
  | { readonly kind: 'gate'; readonly host: string; readonly gate: GateName; readonly key?: number }
  | { readonly kind: 'wire'; readonly host: string; readonly key?: number };

/** The handles on what arrives at one host: those that are wanted first, and the others. */
export interface HandlesOf {
  readonly host: string;
  readonly first: readonly Handle[];
  readonly more: readonly Handle[];
}

const FIRST: Readonly<Record<string, { readonly gates: readonly GateName[]; readonly wire: string }>> = {
  server: { gates: ['ack-of-syn-ack', 'fin', 'ack-of-fin', 'syn'], wire: 'client' },
  client: { gates: ['syn-ack', 'fin', 'ack-of-fin'], wire: 'server' },
};

/** The handles of each host, in the hosts' order. The first nine have the keys 1 to 9, from the server on. Pure. */
export function handlesOf(hosts: readonly string[]): HandlesOf[] {
  let key = 0;
  const numbered = (handle: Handle): Handle => (key < 9 ? { ...handle, key: ++key } : handle);
  const inOrderOfKeys = hosts.toSorted((a, b) => Number(b === 'server') - Number(a === 'server'));
  const all = inOrderOfKeys.map((host): HandlesOf => {
    const { gates, wire } = FIRST[host] ?? { gates: [], wire: host };
    return {
      host,
      first: [
        ...gates.map((gate) => ({ kind: 'gate', host, gate }) as const),
        { kind: 'wire', host: wire } as const,
      ].map(numbered),
      more: GATE_NAMES.filter((gate) => !gates.includes(gate)).map((gate) => ({ kind: 'gate', host, gate })),
    };
  });
  return all.toSorted((a, b) => hosts.indexOf(a.host) - hosts.indexOf(b.host));
}
