import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened } from '../ends.ts';
import { handshakeOf } from '../opening.ts';
import { quoteSegments } from '../quote.ts';
import { HANDSHAKE, SIMULTANEOUS_OPEN } from '../runs/exercises.ts';

export const h14 = claim({
  id: 'H14',
  exercises: [2],
  text: {
    en: 'Merging SYN and ACK saves the fourth handshake segment',
    zh: 'SYN 与 ACK 合并，省去了握手的第四个报文段',
  },
  runs: { handshake: HANDSHAKE, apart: SIMULTANEOUS_OPEN },
  settle({ handshake, apart }) {
    const { syn, synAck, ack } = handshakeOf(opened(handshake));
    const merged = opened(handshake).segments.filter(({ atMs }) => atMs <= ack.atMs);
    const crossing = shown(apart.evidence.connections()[0], 'no two SYNs crossed');
    const four = ['client', 'peer'].flatMap((from) => [
      shown(segmentsOf(crossing, { from, flags: 'S' })[0], `the ${from} sent no SYN`),
      shown(segmentsOf(crossing, { from, flags: 'S.' })[0], `the ${from} did not answer with SYN and ACK`),
    ]);
    return settledBy(
      merged.length < four.length && merged.includes(synAck),
      {
        true: {
          en: 'One segment was both the server’s SYN and its ACK, and three were enough. When both ends sent their SYN before they had the other’s, it took four: each said SYN, and each then said SYN and ACK.',
          zh: '一个报文段既是服务器的 SYN 又是它的 ACK，三个就够了。两端都在收到对方的 SYN 之前发出自己的 SYN 时，则需要四个：各发一个 SYN，再各发一个 SYN+ACK。',
        },
      },
      [
        ...quoteSegments(handshake, syn, synAck, ack),
        ...quoteSegments(apart, ...four.toSorted((a, b) => a.atMs - b.atMs)),
      ],
    );
  },
});
