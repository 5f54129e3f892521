import { readFileSync } from 'node:fs';

/** What bounds the sockets of a network namespace. Linux Documentation/networking/ip-sysctl.rst. */
export interface Limits {
  /** `ip_local_port_range`, both included: what connect(2) chooses from. */
  readonly ports: readonly [first: number, last: number];
  /** How many ports of that range `ip_local_reserved_ports` keeps back. */
  readonly reservedPorts: number;
  /** `tcp_max_tw_buckets`: a socket beyond it goes without TIME_WAIT. */
  readonly timeWait: number;
  /** `tcp_tw_reuse`: 0 never, 1 after a second, 2 so on loopback only. */
  readonly timeWaitReuse: number;
  /** `tcp_max_syn_backlog`: bounds half-open connections where there are no SYN cookies. */
  readonly synBacklog: number;
  /** `tcp_syncookies`: 0 never, 1 when a queue is full, 2 always. */
  readonly synCookies: number;
  /** `tcp_fin_timeout`, in seconds: how long FIN_WAIT_2 lasts that no program holds. */
  readonly finTimeoutS: number;
}

/** The limits of the network namespace that this thread is in. */
export function readLimits(): Limits {
  const [first = 0, last = 0] = numbers(sysctl('ip_local_port_range'));
  return {
    ports: [first, last],
    reservedPorts: reservedIn(sysctl('ip_local_reserved_ports'), first, last),
    timeWait: number('tcp_max_tw_buckets'),
    timeWaitReuse: number('tcp_tw_reuse'),
    synBacklog: number('tcp_max_syn_backlog'),
    synCookies: number('tcp_syncookies'),
    finTimeoutS: number('tcp_fin_timeout'),
  };
}

/** How many ports from `first` to `last` a list such as `8080,9148-9200` has. */
export function reservedIn(list: string, first: number, last: number): number {
  const ranges = list.split(',').filter((range) => range !== '');
  return ranges.reduce((sum, range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return sum + Math.max(0, Math.min(to, last) - Math.max(from, first) + 1);
  }, 0);
}

/**
 * How many half-open connections one listener holds. With SYN cookies one more than its backlog, and then cookies need no place;
 * without, at most three quarters of `tcp_max_syn_backlog`, as the last quarter is for peers that are known. Undefined when every SYN is
 * answered with a cookie. net/ipv4/tcp_input.c, tcp_conn_request.
 * @param backlog the limit of its accept queue, as listen(2) was told
 */
export function halfOpenLimit(backlog: number, { synCookies, synBacklog }: Limits): number | undefined {
  if (synCookies === 2) return undefined;
  return synCookies === 1 ? backlog + 1 : Math.min(backlog + 1, synBacklog - Math.floor(synBacklog / 4) + 1);
}

function number(name: string): number {
  return numbers(sysctl(name))[0] ?? 0;
}

function numbers(text: string): number[] {
  return text === '' ? [] : text.split(/\s+/).map(Number);
}

/** Empty for one that this kernel does not have. */
function sysctl(name: string): string {
  try {
    return readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
