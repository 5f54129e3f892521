import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseTraceFormat, traceField } from '../../lab/observe/trace-format.ts';
import { hitReader } from '../../lab/observe/trace-hit.ts';

/** The text that Linux 6.18 has in tracefs. */
function text(name: string): string {
  return readFileSync(join(import.meta.dirname, 'formats', `${name}.txt`), 'utf8');
}

test('a format tells the number, and where each field is', () => {
  const format = parseTraceFormat(text('inet_sock_set_state'));
  expect(format).toMatchObject({ name: 'inet_sock_set_state', id: 2287 });
  expect(Object.fromEntries(format.fields)).toEqual({
    common_type: { offset: 0, size: 2 },
    common_flags: { offset: 2, size: 1 },
    common_preempt_count: { offset: 3, size: 1 },
    common_pid: { offset: 4, size: 4 },
    skaddr: { offset: 8, size: 8 },
    oldstate: { offset: 16, size: 4 },
    newstate: { offset: 20, size: 4 },
    sport: { offset: 24, size: 2 },
    dport: { offset: 26, size: 2 },
    family: { offset: 28, size: 2 },
    protocol: { offset: 30, size: 2 },
    saddr: { offset: 32, size: 4 },
    daddr: { offset: 36, size: 4 },
    saddr_v6: { offset: 40, size: 16 },
    daddr_v6: { offset: 56, size: 16 },
  });
});

test('a format tells the names of values', () => {
  const { symbols } = parseTraceFormat(text('tcp_send_reset'));
  expect(symbols.get('reason')?.get(12)).toBe('TCP_ABORT_ON_LINGER');
  expect(parseTraceFormat(text('inet_sock_set_state')).symbols.get('newstate')?.get(10)).toBe('TCP_LISTEN');
});

test.each(['', 'name: x\n', text('inet_sock_set_state').replace(/^ID.*$/m, '')])(
  'what is no format is refused (%#)',
  (broken) => {
    expect(() => parseTraceFormat(broken)).toThrow(
      expect.objectContaining({ name: 'TraceFormatError', code: 'trace-format' }),
    );
  },
);

test('a field that a kernel does not have is named', () => {
  const format = parseTraceFormat(text('tcp_destroy_sock').replace('sock_cookie;', 'cake;'));
  expect(() => hitReader(format)).toThrow('tcp_destroy_sock has no field sock_cookie on this kernel');
});

/** A record with the given fields filled in, wherever the format says they are. */
function record(name: string, values: Readonly<Record<string, number | readonly number[] | bigint>>): Buffer {
  const format = parseTraceFormat(text(name));
  const raw = Buffer.alloc(128);
  raw.writeUInt16LE(format.id, 0);
  for (const [field, value] of Object.entries(values)) {
    const { offset, size } = traceField(format, field);
    if (typeof value === 'bigint') raw.writeBigUInt64LE(value, offset);
    else if (typeof value === 'number') raw.writeUIntLE(value, offset, size);
    else raw.set(value, offset);
  }
  return raw;
}

/** The same text with every field moved, as another kernel might have it. */
function shifted(name: string, by: number): string {
  return text(name).replace(/offset:(\d+)/g, (_, offset) => `offset:${Number(offset) + by}`);
}

test('a change of state is read, over IPv4', () => {
  const raw = record('inet_sock_set_state', {
    skaddr: 0xffff_8882_2344_b780n,
    ...{ oldstate: 2, newstate: 1, sport: 46_304, dport: 8_080, family: 2, protocol: 6 },
    ...{ saddr: [198, 18, 0, 1], daddr: [198, 18, 0, 2] },
  });
  const hit = {
    atNs: 5n,
    socket: 0xffff_8882_2344_b780n,
    local: { address: '198.18.0.1', port: 46_304 },
    remote: { address: '198.18.0.2', port: 8_080 },
    what: { tracepoint: 'inet_sock_set_state', from: 'SYN_SENT', to: 'ESTABLISHED' },
  };
  expect(hitReader(parseTraceFormat(text('inet_sock_set_state')))(5n, raw)).toEqual(hit);
  const moved = Buffer.concat([Buffer.alloc(16), raw]);
  expect(hitReader(parseTraceFormat(shifted('inet_sock_set_state', 16)))(5n, moved)).toEqual(hit);
});

test('a change of state is read, over IPv6', () => {
  const address = (last: number) => [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
  const raw = record('inet_sock_set_state', {
    ...{ oldstate: 7, newstate: 10, family: 10, protocol: 6, sport: 80, dport: 0 },
    ...{ saddr_v6: address(2), daddr_v6: Array(16).fill(0) },
  });
  expect(hitReader(parseTraceFormat(text('inet_sock_set_state')))(0n, raw)).toMatchObject({
    local: { address: '2001:db8::2', port: 80 },
    remote: { address: '::', port: 0 },
    what: { from: 'CLOSED', to: 'LISTEN' },
  });
});

test('another protocol is left out', () => {
  const raw = record('inet_sock_set_state', { oldstate: 7, newstate: 10, family: 2, protocol: 132 });
  expect(hitReader(parseTraceFormat(text('inet_sock_set_state')))(0n, raw)).toBeUndefined();
});

test('the end of a socket tells its cookie, as sock_diag writes it', () => {
  const raw = record('tcp_destroy_sock', { skaddr: 7n, family: 2, sock_cookie: 0xa244n });
  expect(hitReader(parseTraceFormat(text('tcp_destroy_sock')))(0n, raw)).toMatchObject({
    socket: 7n,
    cookie: 'a244',
    what: { tracepoint: 'tcp_destroy_sock' },
  });
});

test('a reset tells its reason, and both ends from socket addresses', () => {
  const end = (port: number, last: number) => [2, 0, port >> 8, port & 0xff, 198, 18, 0, last];
  const raw = record('tcp_send_reset', { reason: 1, saddr: end(8_080, 2), daddr: end(40_000, 1) });
  expect(hitReader(parseTraceFormat(text('tcp_send_reset')))(0n, raw)).toMatchObject({
    socket: 0n,
    local: { address: '198.18.0.2', port: 8_080 },
    remote: { address: '198.18.0.1', port: 40_000 },
    what: { tracepoint: 'tcp_send_reset', reason: 'NO_SOCKET' },
  });
});

test.each(['tcp_receive_reset', 'tcp_retransmit_skb', 'tcp_retransmit_synack'])('%s is read', (name) => {
  const raw = record(name, { skaddr: 9n, family: 2, sport: 1, dport: 2 });
  expect(hitReader(parseTraceFormat(text(name)))(0n, raw)).toMatchObject({
    socket: 9n,
    what: { tracepoint: name },
  });
});
