import { edge } from '../edges.ts';
import { atClient, atServer, type Provocation } from '../provocation.ts';
import { accepted, serve, shown } from '../show.ts';

/** Every way an RST ends a connection, each provoked by programs that reset it, or whose host has forgotten it. */
export const RESET: readonly Provocation[] = [
  {
    edge: edge('SYN_SENT', 'CLOSED', 'rcv RST'),
    host: 'client',
    socket: atClient,
    programs: { client: 'clients/connect.ts' },
    async play({ client, server, plan }) {
      const wire = server.wire();
      await wire.hold();
      await client.start('client');
      await shown(client, 'SYN_SENT', atClient(plan));
      await wire.release();
      await shown(client, 'CLOSED', atClient(plan));
    },
  },
  {
    edge: edge('SYN_RCVD', 'LISTEN', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/listen.ts', client: 'clients/withhold-ack.ts' },
    note: 'The row beside the listener goes; the listener was LISTEN all the time, and its program never hears of it.',
    async play(scene) {
      const { client, server, plan } = scene;
      const forgotten = await client.gate('own-rst');
      await serve(scene);
      await client.start('client');
      const socket = await shown(server, 'SYN_RCVD', atServer(plan));
      await forgotten.open();
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
  {
    edge: edge('ESTABLISHED', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/echo.ts', client: 'clients/vanish.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await serve(scene);
      const program = await client.start('client', { more: ['1'] });
      const socket = await shown(server, 'ESTABLISHED', atServer(plan));
      await client.reaches('ESTABLISHED', atClient(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
  {
    edge: edge('FIN_WAIT_1', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/close-first.ts', client: 'clients/vanish.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await client.gate('fin');
      await serve(scene);
      const program = await client.start('client', { more: ['1'] });
      const socket = await shown(server, 'FIN_WAIT_1', atServer(plan));
      await client.reaches('ESTABLISHED', atClient(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
  {
    edge: edge('FIN_WAIT_2', 'CLOSED', 'rcv RST'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/never-read.ts', client: 'clients/post.ts' },
    note: 'The server ends with bytes that it has not read, so its kernel resets instead of closing.',
    async play(scene) {
      const { client, server, plan } = scene;
      const program = await server.start('server');
      await server.listens();
      await client.start('client', { more: ['1', '100'] });
      await shown(client, 'FIN_WAIT_2', atClient(plan));
      await accepted(scene);
      program.signal('SIGTERM');
      await shown(client, 'CLOSED', atClient(plan));
    },
  },
  {
    edge: edge('CLOSE_WAIT', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/never-close.ts', client: 'clients/close-then-reset.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await serve(scene);
      const program = await client.start('client');
      const socket = await shown(server, 'CLOSE_WAIT', atServer(plan));
      await client.reaches('FIN_WAIT_2', atClient(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
  {
    edge: edge('CLOSING', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/close-first.ts', client: 'clients/cross-fin.ts' },
    note: 'The client has forgotten the connection: its host answers the FIN that comes again with RST.',
    async play(scene) {
      const { client, server, plan } = scene;
      const forgotten = await client.gate('own-rst');
      await serve(scene);
      await client.start('client');
      const socket = await shown(server, 'CLOSING', atServer(plan));
      await forgotten.open();
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
  {
    edge: edge('LAST_ACK', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { server: 'servers/close-last.ts', client: 'clients/close-then-reset.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await client.gate('fin');
      await serve(scene);
      const program = await client.start('client');
      const socket = await shown(server, 'LAST_ACK', atServer(plan));
      await client.reaches('FIN_WAIT_2', atClient(plan));
      program.signal('SIGTERM');
      await shown(server, 'CLOSED', { cookie: socket?.cookie ?? '' });
    },
  },
];
