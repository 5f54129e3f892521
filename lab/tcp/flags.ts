/** The control bits as they lie in byte 13 of the TCP header (RFC 9293 section 3.1, ECN bits RFC 3168). */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

/** Every flag with tcpdump's letter and its name, in the order tcpdump prints them (print-tcp.c). */
export const FLAGS: readonly { readonly bit: number; readonly letter: string; readonly name: string }[] = [
  { bit: FIN, letter: 'F', name: 'FIN' },
  { bit: SYN, letter: 'S', name: 'SYN' },
  { bit: RST, letter: 'R', name: 'RST' },
  { bit: PSH, letter: 'P', name: 'PSH' },
  { bit: ACK, letter: '.', name: 'ACK' },
  { bit: URG, letter: 'U', name: 'URG' },
  { bit: ECE, letter: 'E', name: 'ECE' },
  { bit: CWR, letter: 'W', name: 'CWR' },
];

/**
 * A mask of flags in tcpdump's notation: `S`, `S.`, `.`, `FP.`, `SEW`, and `none` for no flag.
 * @throws RangeError when `mask` is not an integer from 0 to 255
 */
export function formatFlags(mask: number): string {
  if (!Number.isInteger(mask) || mask < 0 || mask > 0xff) {
    throw new RangeError(`${mask} is not a mask of TCP flags; use an integer from 0 to 255.`);
  }
  const letters = FLAGS.filter(({ bit }) => mask & bit).map(({ letter }) => letter);
  return letters.join('') || 'none';
}

/**
 * The inverse of `formatFlags`. Letters may stand in any order, each once; `none` is 0.
 * @throws RangeError naming the letters that exist, for empty text, another letter or a repeated one
 */
export function parseFlags(text: string): number {
  if (text === 'none') return 0;
  let mask = 0;
  for (const letter of text) {
    const flag = FLAGS.find((candidate) => candidate.letter === letter);
    if (flag === undefined || mask & flag.bit) throw unreadable(text);
    mask |= flag.bit;
  }
  if (mask === 0) throw unreadable(text);
  return mask;
}

function unreadable(text: string): RangeError {
  const letters = FLAGS.map(({ letter, name }) => `${letter} (${name})`).join(', ');
  return new RangeError(
    `Cannot read '${text}' as TCP flags; write each letter once of ${letters}, or 'none'.`,
  );
}
