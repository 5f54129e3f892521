import { edge } from '../edges.ts';
import { atClient, atServer, type Provocation } from '../provocation.ts';
import { serve, shown } from '../show.ts';

/** The ways from CLOSED to ESTABLISHED, with one end that waits and one that connects. */
export const OPEN: readonly Provocation[] = [
  {
    edge: edge('CLOSED', 'LISTEN', 'passive OPEN'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/listen.ts' },
    async play({ server, plan }) {
      await server.ss();
      await server.start('server');
      await shown(server, 'LISTEN', atServer(plan));
    },
  },
  {
    edge: edge('CLOSED', 'SYN_SENT', 'active OPEN'),
    host: 'client',
    socket: atClient,
    programs: { client: 'clients/connect.ts' },
    async play({ client, server, plan }) {
      await client.ss();
      await server.gate('syn');
      await client.start('client');
      await shown(client, 'SYN_SENT', atClient(plan));
    },
  },
  {
    edge: edge('LISTEN', 'SYN_RCVD', 'rcv SYN'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/listen.ts', client: 'clients/connect.ts' },
    note: 'The listener stays LISTEN; the SYN makes a row of its own beside it, which no program holds.',
    async play(scene) {
      const { client, server, plan } = scene;
      await serve(scene);
      await server.ss();
      await server.gate('ack-of-syn-ack');
      await client.start('client');
      await shown(server, 'SYN_RCVD', atServer(plan));
    },
  },
  {
    edge: edge('SYN_SENT', 'ESTABLISHED', 'rcv SYN,ACK'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/withhold-syn-ack.ts', client: 'clients/connect.ts' },
    async play({ client, server, plan }) {
      await server.gate('own-rst');
      const raw = await server.start('server');
      await server.opensRawSocket({ programs: [raw] });
      await client.start('client');
      await shown(client, 'SYN_SENT', atClient(plan));
      await server.saw({ flags: 'S' });
      raw.signal('SIGTERM');
      await shown(client, 'ESTABLISHED', atClient(plan));
    },
  },
  {
    edge: edge('SYN_RCVD', 'ESTABLISHED', 'rcv ACK of SYN'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/echo.ts', client: 'clients/withhold-ack.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await client.gate('own-rst');
      await serve(scene);
      const raw = await client.start('client');
      await shown(server, 'SYN_RCVD', atServer(plan));
      await client.saw({ flags: 'S.' });
      raw.signal('SIGTERM');
      await shown(server, 'ESTABLISHED', atServer(plan));
    },
  },
];
