import type { Host } from '../host/host.ts';
import type { TimelineHeader } from './timeline.ts';

/** What a timeline's header says of the hosts: names, addresses, and which knobs were set on all or on one of them. */
export function describeHosts(hosts: readonly Host[]): Pick<TimelineHeader, 'hosts' | 'knobs'> {
  const common = [...(hosts[0]?.knobs ?? [])].filter(([name, value]) =>
    hosts.every((host) => host.knobs.get(name) === value),
  );
  const shared = new Set(common.map(([name]) => name));
  return {
    hosts: hosts.map((host) => {
      const own = [...host.knobs].filter(([name]) => !shared.has(name));
      return {
        name: host.name,
        addresses: [host.address, ...(host.address6 === undefined ? [] : [host.address6])],
        ...(own.length === 0 ? {} : { knobs: Object.fromEntries(own) }),
      };
    }),
    knobs: Object.fromEntries(common),
  };
}
