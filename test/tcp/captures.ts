/**
 * Packets a Linux kernel sent between two namespaces, captured with dumpcap. The kernel left the TCP checksum
 * of all but the RST to the veth device, which never fills it in: `sent` is what it put there, `correct` what
 * tcpdump -vv says belongs there.
 */
export interface Capture {
  readonly name: string;
  readonly hex: string;
  /** Offset of the TCP header. */
  readonly tcp: 20 | 40;
  readonly sent: number;
  readonly correct: number;
}

export const CAPTURES: readonly Capture[] = [
  {
    name: 'IPv4 SYN with ECN setup',
    hex: `4500003cc86d40004006e626c6120001c6120002 b92e005082a876e000000000a0c2faf08c560000
          020405b40402080aa2c3db01000000000103030a`,
    tcp: 20,
    sent: 0x8c56,
    correct: 0x8f57,
  },
  {
    name: 'IPv4 SYN-ACK with ECN setup',
    hex: `4500003c000040004006ae94c6120002c6120001 0050b92eed56544c82a876e1a052fe888c560000
          020405b40402080a12240e70a2c3db010103030a`,
    tcp: 20,
    sent: 0x8c56,
    correct: 0x29f7,
  },
  {
    name: 'IPv4 data, ECT(0), odd length',
    hex: `45020039c86f40004006e625c6120001c6120002 b92e005082a876e1ed56544d8018003f8c530000
          0101080aa2c3db0212240e70 68656c6c6f`,
    tcp: 20,
    sent: 0x8c53,
    correct: 0x1370,
  },
  {
    name: 'IPv4 RST-ACK of a closed port',
    hex: '45000028000040004006aea8c6120002c6120001 005195e6000000001475ff5c50140000799f0000',
    tcp: 20,
    sent: 0x799f,
    correct: 0x799f,
  },
  {
    name: 'IPv6 SYN with ECN setup',
    hex: `600e14d50028064020010db800000000000000000000000120010db8000000000000000000000002
          c5540050e1a0e8b400000000a0c2fd205ba30000020405a00402080a3217f17c000000000103030a`,
    tcp: 40,
    sent: 0x5ba3,
    correct: 0x3b2d,
  },
  {
    name: 'IPv6 data, ECT(0), odd length',
    hex: `602e14d50025064020010db800000000000000000000000120010db8000000000000000000000002
          c5540050e1a0e8b5a6c95b93801800405ba00000 0101080a3217f17c17125085 68656c6c6f`,
    tcp: 40,
    sent: 0x5ba0,
    correct: 0xb9a5,
  },
];

/** The bytes as captured, or with the checksum replaced. */
export function bytesOf(capture: Capture, checksum = capture.sent): Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(capture.hex.replaceAll(/\s/g, ''), 'hex'));
  new DataView(bytes.buffer).setUint16(capture.tcp + 16, checksum);
  return bytes;
}

/** One of the captures by its name. */
export function captured(name: string): Uint8Array {
  const capture = CAPTURES.find((each) => each.name === name);
  if (capture === undefined) throw new Error(`There is no capture '${name}'.`);
  return bytesOf(capture, capture.correct);
}
