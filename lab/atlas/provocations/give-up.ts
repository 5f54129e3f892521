import { edge } from '../edges.ts';
import { atClient, atServer, type Provocation } from '../provocation.ts';
import { shown } from '../show.ts';

/** A close before there is a connection: nothing is sent. The programs end, and the kernel closes what they had. */
export const GIVE_UP: readonly Provocation[] = [
  {
    edge: edge('LISTEN', 'CLOSED', 'CLOSE'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/listen.ts' },
    async play({ server, plan }) {
      const program = await server.start('server');
      await shown(server, 'LISTEN', atServer(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSED', atServer(plan));
    },
  },
  {
    edge: edge('SYN_SENT', 'CLOSED', 'CLOSE'),
    host: 'client',
    socket: atClient,
    programs: { client: 'clients/connect.ts' },
    async play({ client, server, plan }) {
      await server.gate('syn');
      const program = await client.start('client');
      await shown(client, 'SYN_SENT', atClient(plan));
      program.signal('SIGTERM');
      await shown(client, 'CLOSED', atClient(plan));
    },
  },
];
