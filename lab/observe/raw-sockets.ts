import { readFileSync } from 'node:fs';
import type { Place } from '../host/host.ts';

const IPPROTO_TCP = '0006';

/** Whether a program on this host has a raw TCP socket open. A raw program listens on nothing else. proc(5), /proc/net/raw. */
export function hasRawTcpSocket(host: Place): boolean {
  return host.enter(() =>
    ['raw', 'raw6'].some((file) =>
      readFileSync(`/proc/thread-self/net/${file}`, 'utf8')
        .split('\n')
        .slice(1)
        .some((line) => line.trim().split(/\s+/)[1]?.endsWith(`:${IPPROTO_TCP}`) === true),
    ),
  );
}
