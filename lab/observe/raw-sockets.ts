import { readFileSync } from 'node:fs';
import type { Place } from '../host/host.ts';
import type { Observer } from './observer.ts';

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

/** For a wait, which asks at every look: whether there was one when it was asked before. */
export function rawSocketAsker(observer: Observer): () => boolean {
  let isOpen = false;
  let asking = false;
  return () => {
    if (!asking) {
      asking = true;
      // An observer that cannot answer any more tells its witness so, and the wait ends with that.
      observer.hasRawTcpSocket().then(
        (answer) => {
          isOpen = answer;
          asking = false;
        },
        () => {},
      );
    }
    return isOpen;
  };
}
