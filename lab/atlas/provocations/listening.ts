import { edge } from '../edges.ts';
import { judgeConnectWhileListening } from '../judge-connect-while-listening.ts';
import { atServer, type Provocation } from '../provocation.ts';

/** The one edge that the sockets API does not offer: an open that is passive becomes active. */
export const LISTENING: readonly Provocation[] = [
  {
    edge: edge('LISTEN', 'SYN_SENT', 'SEND'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/connect-while-listening.ts' },
    judge: judgeConnectWhileListening,
    note: 'send() on a listening socket gives EPIPE, connect() EISCONN; no SYN leaves. Only a socket that does not listen may connect.',
    async play({ client, server, plan }) {
      await server.start('server', { more: [client.address, String(plan.port + 1)] });
      await client.saw({ flags: 'S', destination: { port: plan.port + 1 } });
      await server.reaches('LISTEN', { localPort: plan.port });
      await server.holds('LISTEN', 100, { localPort: plan.port });
      await server.ss();
    },
  },
];
