import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, timeOf } from '../ends.ts';
import { stateAt } from '../opening.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { HANDSHAKE_IN_STEPS, SYN_ARRIVED } from '../runs/handshake-in-steps.ts';

export const h01 = claim({
  id: 'H1',
  exercises: [3, 4],
  text: {
    en: 'A client’s SYN puts it in SYN_SENT; the SYN puts a listening server in SYN_RCVD',
    zh: '客户端发出 SYN 后进入 SYN_SENT；监听中的服务器收到 SYN 后进入 SYN_RCVD',
  },
  runs: { inSteps: HANDSHAKE_IN_STEPS },
  settle({ inSteps }) {
    const connection = opened(inSteps);
    const atMs = timeOf(inSteps, SYN_ARRIVED);
    const [client, server] = [
      socketOf(inSteps, connection, 'client'),
      socketOf(inSteps, connection, 'server'),
    ];
    const listener = shown(inSteps.evidence.listeners('server', inSteps.plan.port)[0], 'nobody listened');
    const isSo = stateAt(client, atMs) === 'SYN_SENT' && stateAt(server, atMs) === 'SYN_RCVD';
    const stays = stateAt(listener, atMs) === 'LISTEN' && listener.cookie !== server.cookie;
    return settledBy(
      isSo,
      {
        true: stays
          ? {
              en: 'The client showed SYN_SENT, and the server SYN_RCVD. The listening socket itself stayed in LISTEN: SYN_RCVD belongs to a new one, made for this client.',
              zh: '客户端显示 SYN_SENT，服务器显示 SYN_RCVD。监听套接字本身一直处于 LISTEN：处于 SYN_RCVD 的是为这个客户端新建的套接字。',
            }
          : {
              en: 'The client showed SYN_SENT, and the server SYN_RCVD.',
              zh: '客户端显示 SYN_SENT，服务器显示 SYN_RCVD。',
            },
      },
      [
        ...quoteSegments(inSteps, connection.segments[0]),
        ...quoteLives(client, server, listener),
        ...quoteSs(inSteps, 'client', /^SYN-SENT /),
        ...quoteSs(inSteps, 'server', /^(SYN-RECV|LISTEN) /),
      ],
    );
  },
});
