import fc from 'fast-check';
import { formatAddress } from '../../lab/tcp/address.ts';
import { encodeOptions, type Option } from '../../lab/tcp/options.ts';
import type { Segment } from '../../lab/tcp/segment.ts';

const unsigned = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const LISTED = new Set([2, 3, 4, 5, 8, 34]);

/** One option in decoded form, apart from `end` and `malformed`. */
export const option: fc.Arbitrary<Option> = fc.oneof(
  fc.constant<Option>({ kind: 'nop' }),
  fc.record({ kind: fc.constant('mss' as const), mss: unsigned(16) }),
  fc.record({ kind: fc.constant('window-scale' as const), shift: unsigned(8) }),
  fc.constant<Option>({ kind: 'sack-permitted' }),
  fc.record({
    kind: fc.constant('sack' as const),
    blocks: fc.array(fc.record({ left: unsigned(32), right: unsigned(32) }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('timestamps' as const), value: unsigned(32), echo: unsigned(32) }),
  fc.record({
    kind: fc.constant('fast-open' as const),
    cookie: fc.constantFrom(0, 4, 6, 8, 16).chain((n) => fc.uint8Array({ minLength: n, maxLength: n })),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    number: fc.integer({ min: 2, max: 255 }).filter((number) => !LISTED.has(number)),
    data: fc.uint8Array({ maxLength: 12 }),
  }),
);

/** A list of options that fits a header, filled up with nops as Linux does. */
export const options: fc.Arbitrary<Option[]> = fc.array(option, { maxLength: 6 }).map((list) => {
  const fitting: Option[] = [];
  for (const each of list) if (size([...fitting, each]) <= 40) fitting.push(each);
  while (size(fitting) % 4 !== 0) fitting.push({ kind: 'nop' });
  return fitting;
});

/** Bytes options take before padding. */
export function size(list: readonly Option[]): number {
  return list.reduce((sum, each) => sum + sizeOf(each), 0);
}

function sizeOf(each: Option): number {
  if (each.kind === 'nop' || each.kind === 'end') return 1;
  return encodeOptions([each])[1] ?? 0;
}

const segmentOf = (addressBytes: 4 | 16): fc.Arbitrary<Segment> => {
  const address = fc.uint8Array({ minLength: addressBytes, maxLength: addressBytes }).map(formatAddress);
  const endpoint = fc.record({ address, port: unsigned(16) });
  return fc.record({
    source: endpoint,
    destination: endpoint,
    seq: unsigned(32),
    ack: unsigned(32),
    flags: unsigned(8),
    window: unsigned(16),
    urgent: unsigned(16),
    options,
    payload: fc.uint8Array({ maxLength: 60 }),
  });
};

/** Segments of both families, every field over its whole range. */
export const segment: fc.Arbitrary<Segment> = fc.oneof(segmentOf(4), segmentOf(16));
