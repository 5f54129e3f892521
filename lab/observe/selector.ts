import { sameAddress } from '../tcp/address.ts';
import type { SocketRecord } from './sock-diag.ts';

/** Which socket is meant: every field that is given must fit. An empty selector fits any socket. */
export interface SocketSelector {
  readonly cookie?: string;
  readonly localPort?: number;
  readonly remotePort?: number;
  readonly remoteAddress?: string;
}

export function selects(selector: SocketSelector, socket: SocketRecord): boolean {
  return (
    (selector.cookie ?? socket.cookie) === socket.cookie &&
    (selector.localPort ?? socket.local.port) === socket.local.port &&
    (selector.remotePort ?? socket.remote.port) === socket.remote.port &&
    (selector.remoteAddress === undefined || sameAddress(selector.remoteAddress, socket.remote.address))
  );
}

/** The selector in words, such as " on port 80", with a space before it; empty for any socket. */
export function describeSelector(selector: SocketSelector): string {
  const words: string[] = [];
  if (selector.localPort !== undefined) words.push(` on port ${selector.localPort}`);
  if (selector.remotePort !== undefined) words.push(` to port ${selector.remotePort}`);
  if (selector.remoteAddress !== undefined) words.push(` with ${selector.remoteAddress}`);
  if (selector.cookie !== undefined) words.push(` (sk:${selector.cookie})`);
  return words.join('');
}
