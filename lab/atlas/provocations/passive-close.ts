import { edge } from '../edges.ts';
import { atServer, type Provocation } from '../provocation.ts';
import { accepted, serve, shown } from '../show.ts';

/** The end that closes last. */
export const PASSIVE_CLOSE: readonly Provocation[] = [
  {
    edge: edge('ESTABLISHED', 'CLOSE_WAIT', 'rcv FIN'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/never-close.ts', client: 'clients/close-when-told.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await serve(scene);
      const program = await client.start('client');
      await shown(server, 'ESTABLISHED', atServer(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSE_WAIT', atServer(plan));
      // The ACK of a FIN may be late.
      await client.reaches('FIN_WAIT_2', { remotePort: plan.port });
    },
  },
  {
    edge: edge('CLOSE_WAIT', 'LAST_ACK', 'CLOSE'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/never-close.ts', client: 'clients/half-close.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await server.gate('ack-of-fin');
      const program = await server.start('server');
      await server.listens();
      await client.start('client');
      await shown(server, 'CLOSE_WAIT', atServer(plan));
      await accepted(scene);
      program.signal('SIGTERM');
      await shown(server, 'LAST_ACK', atServer(plan));
    },
  },
  {
    edge: edge('LAST_ACK', 'CLOSED', 'rcv ACK of FIN'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/close-last.ts', client: 'clients/close.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      const ack = await server.gate('ack-of-fin');
      await serve(scene);
      await client.start('client');
      const socket = await shown(server, 'LAST_ACK', atServer(plan));
      await ack.open();
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
];
