import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown, Unsettled } from '../claim.ts';
import { opened } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { TWO_QUEUES } from '../runs/exercises.ts';

export const h07 = claim({
  id: 'H7',
  exercises: [5],
  text: {
    en: 'The server calls accept() and only then answers the SYN',
    zh: '服务器先调用 accept()，然后才回应 SYN',
  },
  runs: { neverAccepts: TWO_QUEUES },
  settle({ neverAccepts }) {
    const { evidence, plan } = neverAccepts;
    const first = opened(neverAccepts);
    const syn = shown(segmentsOf(first, { from: 'client', flags: 'S' })[0], 'no SYN came');
    const synAck = segmentsOf(first, { from: 'server', flags: 'S.' })[0];
    const server = evidence.life(first, 'server');
    const rows = (server?.stays ?? []).flatMap((stay) => stay.rows);
    if (rows.some(({ socket }) => socket.inode > 0))
      throw new Unsettled('the program accepted, so the run cannot show what happens without that');
    const isOpen = server !== undefined && stayIn(server, 'ESTABLISHED') !== undefined;
    return settledBy(
      synAck === undefined,
      {
        false: isOpen
          ? {
              en: 'The program never called accept(), and yet its kernel answered the SYN and completed the handshake. The connection is in ESTABLISHED with inode 0: it waits in the queue that accept() takes from.',
              zh: '程序从未调用 accept()，内核仍然回应了 SYN 并完成了握手。该连接处于 ESTABLISHED，inode 为 0：它在 accept() 取用的队列中等待。',
            }
          : {
              en: 'The program never called accept(), and yet its kernel answered the SYN.',
              zh: '程序从未调用 accept()，内核仍然回应了 SYN。',
            },
      },
      [
        ...quoteSegments(neverAccepts, syn, synAck),
        ...quoteLives(server),
        ...quoteSs(neverAccepts, 'server', new RegExp(`^ESTAB .*:${first.opener.endpoint.port} `)),
        ...quoteSs(neverAccepts, 'server', new RegExp(`^LISTEN .*:${plan.port} `)),
      ],
    );
  },
});
