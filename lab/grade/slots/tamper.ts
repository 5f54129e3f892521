import type { SegmentEvent, TimelineData } from '../../observe/timeline.ts';
import { sameAddress } from '../../tcp/address.ts';

/**
 * What no honest program does, each a sentence for the instructor: segments in the name of a host that did not send them, or of one
 * that does not exist. What a host says to itself over its own loopback, in its own name, is its own business.
 */
export function tamperSigns({ header, events }: TimelineData): string[] {
  const names = new Set(header.hosts.map(({ name }) => name));
  const signs = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'segment') continue;
    const { from, to, loopback } = event;
    const isOwn = from === to || isLoopbackAddress(event);
    if (loopback === true && isOwn) continue;
    if (loopback === true && names.has(from))
      signs.add(`A segment in the ${from}'s name was made on the ${to} itself.`);
    else if (from === to)
      signs.add(`A segment came to the ${to} with the ${to}'s own address as its sender.`);
    else if (!names.has(from))
      signs.add(`A segment came to the ${to} from ${from}, which is none of the hosts.`);
  }
  return [...signs];
}

function isLoopbackAddress({ segment }: SegmentEvent): boolean {
  const { address } = segment.source;
  return address.startsWith('127.') || sameAddress(address, '::1') || address.startsWith('::ffff:127.');
}
