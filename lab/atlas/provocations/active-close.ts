import { edge } from '../edges.ts';
import { atClient, type Provocation } from '../provocation.ts';
import { accepted, serve, shown } from '../show.ts';

/** The end that closes first. */
export const ACTIVE_CLOSE: readonly Provocation[] = [
  {
    edge: edge('ESTABLISHED', 'FIN_WAIT_1', 'CLOSE'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/never-close.ts', client: 'clients/close-when-told.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      await server.gate('fin');
      await serve(scene);
      const program = await client.start('client');
      await shown(client, 'ESTABLISHED', atClient(plan));
      program.signal('SIGTERM');
      await shown(client, 'FIN_WAIT_1', atClient(plan));
    },
  },
  {
    edge: edge('FIN_WAIT_1', 'FIN_WAIT_2', 'rcv ACK of FIN'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/never-close.ts', client: 'clients/half-close.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      const fin = await server.gate('fin');
      await serve(scene);
      await client.start('client');
      await shown(client, 'FIN_WAIT_1', atClient(plan));
      await fin.open();
      await shown(client, 'FIN_WAIT_2', atClient(plan));
    },
  },
  {
    edge: edge('FIN_WAIT_1', 'TIME_WAIT', 'rcv FIN,ACK of FIN'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/close-last.ts', client: 'clients/close.ts' },
    note: 'What RFC 9293 draws in a note is everyday: a server that closes at once acknowledges and closes in one segment.',
    async play(scene) {
      const { client, server, plan } = scene;
      const answers = await client.gate('ack-of-fin');
      await serve(scene);
      await client.start('client');
      await shown(client, 'FIN_WAIT_1', atClient(plan));
      await server.reaches('LAST_ACK', { localPort: plan.port });
      // A FIN that the client sends again earns a bare ACK, which would lead to FIN_WAIT_2. The server's own FIN has both.
      const wire = client.wire();
      await wire.hold();
      await answers.open();
      await shown(client, 'TIME_WAIT', atClient(plan));
      await wire.release();
    },
  },
  {
    edge: edge('FIN_WAIT_2', 'TIME_WAIT', 'rcv FIN'),
    host: 'client',
    socket: atClient,
    programs: { server: 'servers/never-close.ts', client: 'clients/half-close.ts' },
    async play(scene) {
      const { client, server, plan } = scene;
      const program = await server.start('server');
      await server.listens();
      await client.start('client');
      await shown(client, 'FIN_WAIT_2', atClient(plan));
      await accepted(scene);
      program.signal('SIGTERM');
      await shown(client, 'TIME_WAIT', atClient(plan));
    },
  },
];
