import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, timeOf } from '../ends.ts';
import { handshakeOf, stateAt } from '../opening.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { HANDSHAKE_IN_STEPS, SYN_ACK_ARRIVED, SYN_ARRIVED } from '../runs/handshake-in-steps.ts';

export const h02 = claim({
  id: 'H2',
  exercises: [2],
  text: {
    en: 'On SYN+ACK the client is ESTABLISHED; on the ACK the server is',
    zh: '客户端收到 SYN+ACK 后进入 ESTABLISHED；服务器收到 ACK 后进入 ESTABLISHED',
  },
  runs: { inSteps: HANDSHAKE_IN_STEPS },
  settle({ inSteps }) {
    const connection = opened(inSteps);
    const { synAck, ack } = handshakeOf(connection);
    const [client, server] = [
      socketOf(inSteps, connection, 'client'),
      socketOf(inSteps, connection, 'server'),
    ];
    const [before, between] = [timeOf(inSteps, SYN_ARRIVED), timeOf(inSteps, SYN_ACK_ARRIVED)];
    const there = shown(stayIn(server, 'ESTABLISHED'), 'the server never reached ESTABLISHED');
    const isClientSo = stateAt(client, before) === 'SYN_SENT' && stateAt(client, between) === 'ESTABLISHED';
    const isServerSo = stateAt(server, between) === 'SYN_RCVD' && there.fromMs >= ack.atMs;
    return settledBy(
      isClientSo && isServerSo,
      {
        true: {
          en: 'While the last ACK was kept on the wire, the client was in ESTABLISHED and the server still in SYN_RCVD. The two ends get there at different times, half a round trip apart.',
          zh: '最后的 ACK 被留在线路上时，客户端已处于 ESTABLISHED，而服务器仍处于 SYN_RCVD。两端到达的时刻不同，相差半个往返时间。',
        },
      },
      [
        ...quoteSegments(inSteps, synAck, ack),
        ...quoteLives(client, server),
        ...quoteSs(inSteps, 'client', /^ESTAB /),
        ...quoteSs(inSteps, 'server', /^SYN-RECV /),
      ],
    );
  },
});
