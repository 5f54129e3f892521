import type { Limits } from './limits.ts';
import type { PortUse } from './ports.ts';
import { NEAR } from './queue-warnings.ts';
import type { Warning } from './warning.ts';

/** What one look says of the ports that connections from here use up, a warning a destination. */
export function portWarnings(uses: readonly PortUse[], limits: Limits): readonly Warning[] {
  return uses
    .filter(({ used, available }) => used >= NEAR * available)
    .map((use) => {
      const mostly = use.timeWait >= use.used / 2;
      return {
        code: 'ports-near-limit' as const,
        state: mostly ? ('TIME_WAIT' as const) : undefined,
        where: `to ${use.to}`,
        count: use.used,
        limit: use.available,
        text: `${use.used} of ${use.available} local ports used from ${use.from} to ${use.to}, ${use.timeWait} of them by TIME_WAIT`,
        why: mostly
          ? `This side closes first, and so keeps each port for 60 s. ${reuse(use, limits)}`
          : IN_USE,
        next: mostly
          ? 'Keep connections open and use them again, or let the other side close first: ./tcplab show 20'
          : 'Use connections again, or close those that are done: ./tcplab show 20',
        inodes: undefined,
      };
    });
}

const IN_USE = 'Without a free port connect() gives EADDRNOTAVAIL.';

function reuse({ isLoopback }: PortUse, { timeWaitReuse }: Limits): string {
  return timeWaitReuse === 1 || (timeWaitReuse === 2 && isLoopback)
    ? `With net.ipv4.tcp_tw_reuse=${timeWaitReuse} connect() may take over one that is older than a second; bind() may not.`
    : IN_USE;
}

/** What one look says of all sockets in TIME_WAIT together. */
export function timeWaitWarnings(count: number, { timeWait: limit }: Limits): readonly Warning[] {
  if (limit === 0 || count < NEAR * limit) return [];
  return [
    {
      code: 'time-wait-near-limit',
      state: 'TIME_WAIT',
      where: undefined,
      count,
      limit,
      text: `${count} of ${limit} places for TIME_WAIT are taken (net.ipv4.tcp_max_tw_buckets)`,
      why: 'Beyond that connections end without TIME_WAIT, and old duplicates can get into new ones.',
      next: 'Keep connections open and use them again, so that fewer end: ./tcplab show 19',
      inodes: undefined,
    },
  ];
}
