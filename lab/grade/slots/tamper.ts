import type { TimelineData } from '../../observe/timeline.ts';

/**
 * What no honest program does, each a sentence for the instructor: segments in the name of a host that did not send them, or of one
 * that does not exist.
 */
export function tamperSigns({ header, events }: TimelineData): string[] {
  const names = new Set(header.hosts.map(({ name }) => name));
  const signs = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'segment') continue;
    if (event.from === event.to)
      signs.add(`A segment came to the ${event.to} with the ${event.to}'s own address as its sender.`);
    else if (!names.has(event.from))
      signs.add(`A segment came to the ${event.to} from ${event.from}, which is none of the hosts.`);
  }
  return [...signs];
}
