const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** The 4 bytes of dotted decimal text, or undefined when it is not exactly that. */
export function parseIPv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) <= 255)) return undefined;
  return Uint8Array.from(parts, Number);
}

/** The 16 bytes of IPv6 text in any form of RFC 4291 section 2.2, or undefined when it has none of them. */
export function parseIPv6(text: string): Uint8Array | undefined {
  const halves = withoutDottedTail(text)?.split('::') ?? [];
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (head === undefined || halves.length > 2) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  // `::` stands for at least one group; without it all eight must be there.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return Uint8Array.from(groups.flatMap((group) => splitGroup(Number.parseInt(group, 16))));
}

/** The text with an IPv4 tail rewritten as two groups of hexadecimal; undefined when the tail is bad. */
function withoutDottedTail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const bytes = parseIPv4(text.slice(start));
  if (bytes === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return `${text.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function splitGroup(group: number): [number, number] {
  return [group >> 8, group & 0xff];
}
