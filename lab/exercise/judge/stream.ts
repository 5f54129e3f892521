import { seqAdd, seqDiff } from '../../tcp/sequence.ts';
import { type Connection, initialNumber } from './connection.ts';
import { segmentsOf } from './evidence.ts';

/**
 * The bytes that a host sent on a connection, in the order of their numbers, as far as they arrived without a gap. What was
 * sent twice is there once. Empty when the host sent no SYN. RFC 9293 section 3.4.
 */
export function streamOf(connection: Connection, host: string): Buffer {
  const first = initialNumber(connection, host);
  if (first === undefined) return Buffer.alloc(0);
  const segments = segmentsOf(connection, { from: host, payload: 'some' })
    .map(({ segment }) => ({ from: seqDiff(segment.seq, seqAdd(first, 1)), bytes: segment.payload }))
    .sort((a, b) => a.from - b.from);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const { from, bytes } of segments) {
    if (from > length) break;
    const fresh = bytes.subarray(length - from);
    parts.push(fresh);
    length += fresh.length;
  }
  return Buffer.concat(parts);
}
