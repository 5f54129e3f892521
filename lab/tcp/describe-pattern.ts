import { type Endpoint, formatAddress, formatEndpoint, parseAddress } from './address.ts';
import { ACK, FIN, FLAGS, PSH, parseFlags, RST, SYN } from './flags.ts';
import type { SegmentPattern } from './pattern.ts';
import { requiredFlags } from './required-flags.ts';

type Name = { readonly words: string; readonly set: number; readonly clear: number };

// A name fits when exactly its flags are asked for, and at least these are ruled out.
const NAMES: readonly Name[] = [
  { words: 'a SYN', set: SYN, clear: ACK },
  { words: 'a SYN-ACK', set: SYN | ACK, clear: 0 },
  { words: 'an ACK', set: ACK, clear: SYN | FIN | RST },
  { words: 'a PSH-ACK', set: ACK | PSH, clear: SYN | FIN | RST },
  { words: 'a FIN without ACK', set: FIN, clear: ACK },
  { words: 'a FIN', set: FIN, clear: 0 },
  { words: 'a FIN', set: FIN | ACK, clear: 0 },
  { words: 'an RST', set: RST, clear: 0 },
  { words: 'an RST-ACK', set: RST | ACK, clear: 0 },
];

/**
 * A pattern in words, for sentences such as "waiting for …": `a SYN-ACK from port 80`, `data to
 * 198.18.0.1:80`, `an ACK without data`. What makes no common name is listed: `a segment with SYN set and RST
 * clear`.
 * @throws RangeError when the pattern's flags cannot be read, AddressError when an address cannot
 */
export function describePattern(pattern: SegmentPattern): string {
  const { set, clear } = requiredFlags(pattern);
  const isData = pattern.payload === 'some' && (set & ~(ACK | PSH)) === 0;
  const name = NAMES.find((each) => each.set === set && (each.clear & ~clear) === 0);
  const words = [isData ? 'data' : (name?.words ?? 'a segment')];
  if (pattern.payload === 'none') words.push('without data');
  if (pattern.source !== undefined) words.push(...place('from', pattern.source));
  if (pattern.destination !== undefined) words.push(...place('to', pattern.destination));

  const details: string[] = [];
  if (pattern.payload === 'some' && !isData) details.push('data');
  if (name === undefined && pattern.flags !== undefined) details.push(`flags ${pattern.flags}`);
  if (name === undefined && pattern.has !== undefined)
    details.push(`${flagNames(parseFlags(pattern.has))} set`);
  const unsaid = pattern.not === undefined ? 0 : parseFlags(pattern.not) & ~(name?.clear ?? 0);
  if (unsaid !== 0) details.push(`${flagNames(unsaid)} clear`);
  if (pattern.seq !== undefined) details.push(`seq ${pattern.seq}`);
  if (pattern.ack !== undefined) details.push(`ack ${pattern.ack}`);
  if (details.length > 0) words.push(`with ${listed(details)}`);
  return words.join(' ');
}

function place(preposition: string, { address, port }: Partial<Endpoint>): string[] {
  if (address !== undefined && port !== undefined) return [preposition, formatEndpoint({ address, port })];
  if (address !== undefined) return [preposition, formatAddress(parseAddress(address))];
  return port === undefined ? [] : [preposition, `port ${port}`];
}

function flagNames(mask: number): string {
  return listed(FLAGS.filter(({ bit }) => mask & bit).map(({ name }) => name));
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
