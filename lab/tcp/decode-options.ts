import { OPTION_NUMBERS } from './option-numbers.ts';
import type { Option, SackBlock } from './options.ts';

/**
 * The options in the bytes after the fixed TCP header. Total: any bytes give a list, and it never throws.
 * - A listed option of a length its RFC does not allow is `unknown`, and reading goes on behind it.
 * - Where no option can be told apart (a length below 2 or beyond the bytes), the rest is one `malformed`.
 * - `end` stops reading; zeros behind it are padding, anything else there is one `malformed`
 *   (RFC 9293 section 3.1, MUST-69).
 *
 * `encodeOptions` states the round-trip rules. Data are copies, so `bytes` may be reused.
 */
export function decodeOptions(bytes: Uint8Array): Option[] {
  const options: Option[] = [];
  let at = 0;
  while (at < bytes.length) {
    const number = bytes[at];
    if (number === OPTION_NUMBERS.end) {
      options.push({ kind: 'end' });
      const rest = bytes.subarray(at + 1);
      if (rest.some((byte) => byte !== 0)) options.push({ kind: 'malformed', data: new Uint8Array(rest) });
      break;
    }
    if (number === OPTION_NUMBERS.nop) {
      options.push({ kind: 'nop' });
      at += 1;
      continue;
    }
    const length = bytes[at + 1];
    if (number === undefined || length === undefined || length < 2 || at + length > bytes.length) {
      options.push({ kind: 'malformed', data: new Uint8Array(bytes.subarray(at)) });
      break;
    }
    const data = new Uint8Array(bytes.subarray(at + 2, at + length));
    options.push(decodeOption(number, data) ?? { kind: 'unknown', number, data });
    at += length;
  }
  return options;
}

function decodeOption(number: number, data: Uint8Array): Option | undefined {
  const view = new DataView(data.buffer);
  const { length } = data;
  switch (number) {
    case OPTION_NUMBERS.mss:
      return length === 2 ? { kind: 'mss', mss: view.getUint16(0) } : undefined;
    case OPTION_NUMBERS['window-scale']:
      return length === 1 ? { kind: 'window-scale', shift: view.getUint8(0) } : undefined;
    case OPTION_NUMBERS['sack-permitted']:
      return length === 0 ? { kind: 'sack-permitted' } : undefined;
    case OPTION_NUMBERS.sack:
      return length > 0 && length % 8 === 0 ? { kind: 'sack', blocks: sackBlocks(view) } : undefined;
    case OPTION_NUMBERS.timestamps:
      return length === 8
        ? { kind: 'timestamps', value: view.getUint32(0), echo: view.getUint32(4) }
        : undefined;
    case OPTION_NUMBERS['fast-open']:
      return length === 0 || (length >= 4 && length <= 16 && length % 2 === 0)
        ? { kind: 'fast-open', cookie: data }
        : undefined;
    default:
      return undefined;
  }
}

function sackBlocks(view: DataView): SackBlock[] {
  return Array.from({ length: view.byteLength / 8 }, (_, i) => ({
    left: view.getUint32(8 * i),
    right: view.getUint32(8 * i + 4),
  }));
}
