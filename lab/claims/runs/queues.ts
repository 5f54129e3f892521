import type { SocketRecord } from '../../observe/sock-diag.ts';
import { ownRun } from '../run.ts';

export const ONE_OF_EACH = 'one connection is complete, and one half-open';
export const ACCEPTED = 'the program has accepted once';

/** A client comes within this time. The first one is past SYN_RCVD meanwhile. */
const CLIENT_MS = 5_000;

/** A complete and a half-open connection at one listener; then its program accepts, once. */
export const QUEUES = ownRun(
  {
    slug: 'queues',
    lastsMs: 1_000,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const service = await server.start('server');
      await server.listens();
      await client.start('client');
      await server.reaches('ESTABLISHED', { localPort: plan.port });
      await server.gate('ack-of-syn-ack');
      await client.start('client');
      await server.reaches('SYN_RCVD', { localPort: plan.port, hopelessMs: CLIENT_MS });
      await server.ss();
      await scene.step(ONE_OF_EACH);
      service.signal('SIGUSR2');
      const isAccepted = ({ state, inode }: SocketRecord): boolean => state === 'ESTABLISHED' && inode > 0;
      await server.until('to have accepted a connection', (sockets) => sockets.some(isAccepted));
      await server.ss();
      await scene.step(ACCEPTED);
    },
  },
  { server: ['server', 'servers/accept-when-told.ts'], client: ['client', 'clients/connect.ts'] },
);
