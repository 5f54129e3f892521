import { READY, tableOf } from '../../exercises/27-count-states/table.ts';
import { stateOfSsLine } from '../../observe/ss.ts';
import type { SsEvent } from '../../observe/timeline.ts';
import { unmapped } from '../../tcp/address.ts';
import { type ClaimEvidence, claim, settledBy, shown } from '../claim.ts';
import { timeOf } from '../ends.ts';
import { COUNT_STATES } from '../runs/exercises.ts';

export const o02 = claim({
  id: 'O2',
  exercises: [27],
  text: {
    en: 'Counting states and peers from the socket table gives the picture of a busy host',
    zh: '按状态和对端统计套接字表，就能看清一台繁忙主机的情况',
  },
  runs: { busy: COUNT_STATES },
  settle({ busy }) {
    const readyMs = timeOf(busy, READY);
    const before = busy.evidence.ss('server').filter(({ atMs }) => atMs <= readyMs);
    const atMs = shown(before.at(-1), 'ss printed nothing').atMs;
    const lines = before.filter((line) => line.atMs === atMs);
    const states = Map.groupBy(lines, ({ text }) => stateOfSsLine(text));
    const written = lines.filter(({ text }) => !text.startsWith('LISTEN')).map(addressIn);
    const machines = new Set(written.map(unmapped));
    const { counts } = tableOf(busy.evidence);
    const agree =
      states.size === counts.size &&
      [...states].every(([state, rows]) => counts.get(state)?.most === rows.length);
    return settledBy(
      [agree, new Set(written).size === machines.size],
      {
        depends: {
          en: 'On counting all of it, and on taking an address for what it is. The lines of ss, counted by state, were the kernel’s own numbers; but counted as they are written, the peers were more than there are machines, for IPv4 in an IPv6 socket reads ::ffff:….',
          zh: '取决于是否数全，以及怎样看待地址。按状态统计 ss 的输出，与内核的数字完全一致；但照字面统计对端，就会比实际的机器多，因为 IPv6 套接字里的 IPv4 地址写作 ::ffff:…。',
        },
      },
      [
        ...[...states].map(([state, rows]) => told(`${rows.length} × ${state}`)),
        ...[...new Set(written)].map(told),
      ],
    );
  },
});

function told(text: string): ClaimEvidence {
  return { kind: 'ss', host: 'server', text };
}

/** The remote address of a line of `ss`, as it is written there. */
function addressIn({ text }: SsEvent): string {
  return (text.split(/\s+/)[4] ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
