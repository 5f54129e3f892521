import { OPTION_NUMBERS } from './option-numbers.ts';
import type { Option } from './options.ts';
import { PacketError } from './packet-error.ts';

const MAX_BYTES = 40;

/**
 * Options as header bytes, at most 40, padded with zeros to a multiple of 4 (RFC 9293 section 3.1).
 *
 * Round trips with `decodeOptions`:
 * - decode(encode(options)) equals `options` when they fill a multiple of 4 bytes, as Linux makes sure of
 *   with nops; otherwise it has one `end` more, because the padding is an End of Option List on the wire.
 *   This needs options in decoded form: no `unknown` that has a kind of its own, nothing after `end` or
 *   `malformed`.
 * - encode(decode(bytes)) equals `bytes` when they are a multiple of 4, at most 40; only whole words of zeros
 *   beyond the one in which the option list ends are not kept.
 * @throws PacketError `bad-option` when a value does not fit its format, `too-long` above 40 bytes
 */
export function encodeOptions(options: readonly Option[]): Uint8Array {
  const bytes = options.flatMap(encodeOption);
  if (bytes.length > MAX_BYTES) {
    throw new PacketError(
      'too-long',
      `These options take ${bytes.length} bytes; a header has room for ${MAX_BYTES}.`,
    );
  }
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return padded;
}

function encodeOption(option: Option): number[] {
  switch (option.kind) {
    case 'end':
    case 'nop':
      return [OPTION_NUMBERS[option.kind]];
    case 'sack-permitted':
      return numbered(option.kind, []);
    case 'mss':
      return numbered(option.kind, integer(option.mss, 2, 'An MSS'));
    case 'window-scale':
      return numbered(option.kind, integer(option.shift, 1, 'A window scale'));
    case 'timestamps': {
      const { value, echo } = option;
      return numbered(option.kind, [
        ...integer(value, 4, 'A timestamp'),
        ...integer(echo, 4, 'A timestamp echo'),
      ]);
    }
    case 'sack':
      if (option.blocks.length === 0) throw bad('A SACK option needs at least one block.');
      return numbered(
        option.kind,
        option.blocks.flatMap(({ left, right }) => [
          ...integer(left, 4, 'The left edge of a SACK block'),
          ...integer(right, 4, 'The right edge of a SACK block'),
        ]),
      );
    case 'fast-open':
      return numbered(option.kind, cookie(option.cookie));
    case 'unknown':
      // Numbers 0 and 1 have no length byte, so no data either.
      if (!Number.isInteger(option.number) || option.number < 2 || option.number > 255) {
        throw bad(`${option.number} cannot be an option with a length; use a number from 2 to 255.`);
      }
      return withLength(option.number, [...option.data]);
    case 'malformed':
      return [...option.data];
  }
}

function numbered(kind: keyof typeof OPTION_NUMBERS, data: readonly number[]): number[] {
  return withLength(OPTION_NUMBERS[kind], data);
}

function withLength(number: number, data: readonly number[]): number[] {
  return [number, data.length + 2, ...data];
}

function integer(value: number, width: 1 | 2 | 4, what: string): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** width) {
    throw bad(`${what} is an integer of ${8 * width} bits, not ${value}.`);
  }
  return [value >>> 24, value >>> 16, value >>> 8, value].slice(4 - width).map((byte) => byte & 0xff);
}

function cookie(bytes: Uint8Array): number[] {
  const { length } = bytes;
  if (length !== 0 && (length < 4 || length > 16 || length % 2 === 1)) {
    throw bad(
      `A Fast Open cookie has 0 or an even 4 to 16 bytes, not ${length}; send others as 'unknown' 34.`,
    );
  }
  return [...bytes];
}

function bad(message: string): PacketError {
  return new PacketError('bad-option', message);
}
