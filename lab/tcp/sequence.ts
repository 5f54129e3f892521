const SPACE = 2 ** 32;
const HALF = 2 ** 31;

/**
 * `seq + n` mod 2^32 (RFC 9293 section 3.4). `n` is any safe integer of bytes, negative to go back.
 * @throws RangeError when `seq` is no sequence number or `n` no safe integer
 */
export function seqAdd(seq: number, n: number): number {
  requireSequence(seq);
  if (!Number.isSafeInteger(n))
    throw new RangeError(`Cannot move a sequence number by ${n}; use an integer.`);
  return (seq + (n % SPACE) + SPACE) % SPACE;
}

/**
 * `a - b` the short way round, in bytes: an integer in (-2^31, 2^31], positive when `a` is later
 * (RFC 9293 section 3.4). Two numbers exactly half the space apart give +2^31 in both orders.
 * @throws RangeError when either is no sequence number
 */
export function seqDiff(a: number, b: number): number {
  requireSequence(a);
  requireSequence(b);
  const distance = (a - b) | 0;
  return distance === -HALF ? HALF : distance;
}

/** Whether `a` comes before `b`: `seqDiff(a, b) < 0`. Exactly one of before, equal and after holds. */
export function seqBefore(a: number, b: number): boolean {
  return seqDiff(a, b) < 0;
}

/** Whether `a` comes after `b`: `seqDiff(a, b) > 0`. At half the space apart each is after the other. */
export function seqAfter(a: number, b: number): boolean {
  return seqDiff(a, b) > 0;
}

/**
 * Whether `start <= seq < start + length` in the circle mod 2^32 (RFC 9293 section 3.4, the window tests).
 * `length` is in bytes, 0 to 2^32-1; an empty window holds nothing.
 * @throws RangeError when an argument is out of range
 */
export function seqInWindow(seq: number, start: number, length: number): boolean {
  requireSequence(seq);
  requireSequence(start);
  requireSequence(length);
  return (seq - start) >>> 0 < length;
}

function requireSequence(value: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= SPACE) {
    throw new RangeError(`${value} is not a sequence number; use an integer from 0 to 2^32-1.`);
  }
}
