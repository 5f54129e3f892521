import { readFileSync } from 'node:fs';

const FILES = ['/proc/thread-self/net/netstat', '/proc/thread-self/net/snmp'] as const;

/**
 * The counters of the network namespace this thread is in, by the names that `nstat` gives them without their prefix:
 * `ListenOverflows`, `TCPSynRetrans`, `RetransSegs`. proc(5), Documentation/networking/snmp_counter.rst.
 */
export function readCounters(): ReadonlyMap<string, number> {
  const counters = new Map<string, number>();
  for (const file of FILES) {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    // Two lines a group: `TcpExt: SyncookiesSent …` and `TcpExt: 0 …`.
    for (let n = 0; n + 1 < lines.length; n += 2) {
      const names = lines[n]?.split(' ') ?? [];
      const values = lines[n + 1]?.split(' ') ?? [];
      if (!/^Tcp(Ext)?:$/.test(names[0] ?? '')) continue;
      for (const [at, name] of names.entries()) if (at > 0) counters.set(name, Number(values[at]));
    }
  }
  return counters;
}

/** @throws RangeError for a counter that this kernel does not have. */
export function counterNamed(counters: ReadonlyMap<string, number>, name: string): number {
  const value = counters.get(name);
  if (value === undefined) throw new RangeError(`this kernel has no counter ${name}`);
  return value;
}
