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

/** What is wanted first of what arrives at a server, at a client, and where every host can be both. */
const FIRST: Readonly<Record<'server' | 'client' | 'both', readonly GateName[]>> = {
  server: ['ack-of-syn-ack', 'fin', 'ack-of-fin', 'syn'],
  client: ['syn-ack', 'fin', 'ack-of-fin'],
  both: ['syn-ack', 'ack-of-syn-ack', 'fin'],
};

/** The keys that start a program, from the server on. */
const START_KEYS = ['s', 'a', 'd', 'f'] as const;

/** The handles of each host, in the hosts' order. The first nine have the keys 1 to 9, from the server on. Pure. */
export function handlesOf(hosts: readonly string[]): HandlesOf[] {
  let key = 0;
  const numbered = (handle: Handle): Handle => (key < 9 ? { ...handle, key: ++key } : handle);
  const all = serverFirst(hosts).map((host): HandlesOf => {
    const gates = FIRST[!hosts.includes('server') ? 'both' : host === 'server' ? 'server' : 'client'];
    return {
      host,
      first: [
        ...gates.map((gate) => ({ kind: 'gate', host, gate }) as const),
        { kind: 'wire', host: sourceOf(host, hosts) } as const,
      ].map(numbered),
      more: GATE_NAMES.filter((gate) => !gates.includes(gate)).map((gate) => ({ kind: 'gate', host, gate })),
    };
  });
  return all.toSorted((a, b) => hosts.indexOf(a.host) - hosts.indexOf(b.host));
}

/** By host, the key that starts a program on it. Pure. */
export function startKeysOf(hosts: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(serverFirst(hosts).map((host, n) => [host, START_KEYS[n]]));
}

/** Of two hosts, what arrives at one is what the other sends. Of more, each card has what its own host sends. */
function sourceOf(host: string, hosts: readonly string[]): string {
  return hosts.length === 2 ? (hosts.find((other) => other !== host) ?? host) : host;
}

function serverFirst(hosts: readonly string[]): string[] {
  const first = hosts.includes('server') ? 'server' : (hosts.find((host) => host !== 'client') ?? '');
  return hosts.toSorted((a, b) => Number(b === first) - Number(a === first));
}
