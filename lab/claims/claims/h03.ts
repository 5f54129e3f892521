import { seqAdd } from '../../tcp/sequence.ts';
import { claim, settledBy } from '../claim.ts';
import { opened } from '../ends.ts';
import { handshakeOf } from '../opening.ts';
import { quoteSegments } from '../quote.ts';
import { HANDSHAKE } from '../runs/exercises.ts';

export const h03 = claim({
  id: 'H3',
  exercises: [2],
  text: {
    en: 'The SYN+ACK carries ack = client’s seq + 1; the final ACK carries server’s seq + 1',
    zh: 'SYN+ACK 的确认号是客户端的序号加一；最后的 ACK 的确认号是服务器的序号加一',
  },
  runs: { handshake: HANDSHAKE },
  settle({ handshake }) {
    const { syn, synAck, ack } = handshakeOf(opened(handshake));
    const numbers = [syn.segment.seq, synAck.segment.ack, synAck.segment.seq, ack.segment.ack];
    const [x = 0, ackOfX, y = 0, ackOfY] = numbers;
    return settledBy(
      ackOfX === seqAdd(x, 1) && ackOfY === seqAdd(y, 1),
      {
        true: {
          en: `The client began with ${x}, and the SYN+ACK acknowledged ${ackOfX}; the server began with ${y}, and the last ACK acknowledged ${ackOfY}. An acknowledgement names the next number that is expected.`,
          zh: `客户端的初始序号是 ${x}，SYN+ACK 确认 ${ackOfX}；服务器的初始序号是 ${y}，最后的 ACK 确认 ${ackOfY}。确认号是期望收到的下一个序号。`,
        },
      },
      quoteSegments(handshake, syn, synAck, ack),
    );
  },
});
