import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { askedPorts } from '../../exercises/21-refused-or-silent/ports.ts';
import { claim, settledBy } from '../claim.ts';
import { opened, resetOf } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { LISTEN, REFUSED_OR_SILENT } from '../runs/exercises.ts';

export const r01 = claim({
  id: 'R1',
  exercises: [1, 21],
  text: {
    en: 'A SYN to a port without a listener earns RST',
    zh: '发往没有监听者的端口的 SYN 会得到 RST',
  },
  runs: { unfiltered: LISTEN, filtered: REFUSED_OR_SILENT },
  settle({ unfiltered, filtered }) {
    const first = opened(unfiltered);
    const refusal = resetOf(first, 'server');
    const silent = askedPorts(filtered.plan)
      .filter(({ manner }) => manner === 'silent')
      .map(({ port }) => opened(filtered, 0, port));
    const answers = silent.flatMap((connection) => segmentsOf(connection, { from: 'server' }));
    return settledBy(
      [refusal.segment.ack !== 0, answers.length > 0],
      {
        depends: {
          en: 'On whether the SYN gets as far as TCP. A kernel without a listener answers at once with RST, ACK. Where a filter drops the SYN nothing comes back, and the client goes on asking until it gives up.',
          zh: '取决于 SYN 能否到达 TCP。没有监听者时，内核立即回应 RST+ACK。若 SYN 被过滤规则丢弃，就没有任何回应，客户端会不断重试，直到放弃。',
        },
      },
      [
        ...quoteSegments(unfiltered, first.segments[0], refusal),
        ...quoteSegments(filtered, ...(silent[0]?.segments ?? [])),
      ],
    );
  },
});
