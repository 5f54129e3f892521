import type { SegmentEvent, TimelineData } from '../observe/timeline.ts';
import { enhancedPacket, interfaceDescription, sectionHeader } from './pcapng-blocks.ts';
import { eventWords } from './words.ts';

/** How much of a packet a witness keeps; observe/timeline.ts. */
const SNAP = 2_048;

/**
 * A capture file for Wireshark and tshark: one interface a host, each segment where and when it arrived. What the kernels
 * and gates did until the next segment stands beside it as comments.
 */
export function toPcapng({ header, events }: TimelineData): Buffer {
  const names = header.hosts.map(({ name }) => name);
  const startedNs = BigInt(header.startedAtNs);
  const blocks = [
    sectionHeader({
      hardware: 'virtual Ethernet between the hosts of a lab',
      os: `Linux ${header.kernel}`,
      application: 'tcplab',
    }),
    ...header.hosts.map(({ name, addresses }) =>
      interfaceDescription(name, `what arrives at ${name}, ${addresses.join(', ')}`, SNAP),
    ),
  ];
  for (const { segment, comments } of withComments(events)) {
    const interfaceId = names.indexOf(segment.to);
    if (interfaceId === -1) continue;
    blocks.push(
      enhancedPacket({
        interfaceId,
        atNs: startedNs + BigInt(Math.round(segment.atMs * 1e6)),
        bytes: segment.packet,
        length: segment.length,
        comments,
      }),
    );
  }
  return Buffer.concat(blocks);
}

/** Each segment with what followed it; the first one also with what came before. */
function withComments(
  events: TimelineData['events'],
): { readonly segment: SegmentEvent; readonly comments: string[] }[] {
  const packets: { segment: SegmentEvent; comments: string[] }[] = [];
  let comments: string[] = [];
  for (const event of events) {
    if (event.kind === 'segment') {
      if (packets.length > 0) comments = [];
      packets.push({ segment: event, comments });
    } else if (event.kind === 'socket' || event.kind === 'gate') {
      const words = eventWords(event);
      if (words !== undefined) comments.push(`${event.atMs.toFixed(1)} ms ${event.host}: ${words}`);
    }
  }
  return packets;
}
