import { type Endpoint, formatEndpoint } from '../tcp/address.ts';
import { SYN } from '../tcp/flags.ts';
import { encodeSegment } from '../tcp/packet.ts';
import { RawChannel } from './raw-channel.ts';

const WINDOW = 64_240;
/** How many ports a burst may use: below Linux's ephemeral ports and above the well-known ones, then the rest. */
const FIRST_PORT = 1_024;
const LAST_PORT = 65_535;

/**
 * Opens `count` connections by half: one SYN from each of `count` ports of `address`, as fast as the kernel takes them, and
 * never an answer. The host's gate `own-rst` must be closed, or its kernel resets them all.
 * @throws RangeError when there are not that many ports.
 */
export function sendSyns(address: string, server: Endpoint, count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > LAST_PORT - FIRST_PORT + 1) {
    throw new RangeError(`from one address there are ${LAST_PORT - FIRST_PORT + 1} ports, not ${count}`);
  }
  const segments = Array.from({ length: count }, (_, n) =>
    encodeSegment({
      source: { address, port: FIRST_PORT + n },
      destination: server,
      seq: Math.floor(Math.random() * 0x1_0000_0000),
      ack: 0,
      flags: SYN,
      window: WINDOW,
      urgent: 0,
      options: [{ kind: 'mss', mss: 1_460 }],
      payload: new Uint8Array(),
    }),
  );
  using channel = new RawChannel({ address, port: 0 }, () => {}, failed(server));
  channel.deafen();
  for (const segment of segments) channel.sendNow(segment, server.address);
}

function failed(server: Endpoint): (error: Error) => void {
  return (error) => {
    throw new Error(`could not send SYNs to ${formatEndpoint(server)}`, { cause: error });
  };
}
