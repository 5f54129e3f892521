/**
 * The internet checksum (RFC 1071): the one's complement of the one's complement sum of 16-bit big-endian
 * words, 0 to 65535. An odd last byte counts as the high half of a word. Over bytes that already hold a
 * correct checksum the answer is 0.
 * @param initial a partial sum of other 16-bit words, such as the pseudo header's (from `partialSum`)
 */
export function checksum(bytes: Uint8Array, initial = 0): number {
  return ~partialSum(bytes, initial) & 0xffff;
}

/**
 * The one's complement sum itself, folded to 16 bits, to be handed on as `initial`. Only the last piece of a
 * chain may have an odd length (RFC 1071 section 2).
 */
export function partialSum(bytes: Uint8Array, initial = 0): number {
  let sum = initial;
  const even = bytes.length & ~1;
  for (let start = 0; start < even; start += BLOCK) {
    const end = Math.min(start + BLOCK, even);
    for (let i = start; i < end; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
    sum = fold(sum);
  }
  if (even < bytes.length) sum += (bytes[even] as number) << 8;
  return fold(sum);
}

// Folding after this many bytes keeps the running sum a small integer, which is what makes the loop fast.
const BLOCK = 16_384;

function fold(sum: number): number {
  let rest = sum;
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000);
  return rest;
}
