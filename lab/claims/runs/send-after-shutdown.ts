import { ownRun } from '../run.ts';

/** A client tries to send on a connection whose sending side it has closed, and then opens another one. */
export const SEND_AFTER_SHUTDOWN = ownRun(
  {
    slug: 'send-after-shutdown',
    lastsMs: 1_000,
    async scenario({ client, server, plan }) {
      await server.start('server');
      await server.listens();
      const program = await client.start('client');
      const socket = await client.reaches('ESTABLISHED', { remotePort: plan.port });
      const cookie = socket?.cookie ?? '';
      program.signal('SIGUSR2');
      await client.reaches('FIN_WAIT_2', { cookie });
      program.signal('SIGUSR2');
      await server.until('to have the second connection', (sockets) =>
        sockets.some(({ state, local }) => state === 'ESTABLISHED' && local.port === plan.port),
      );
      await client.holds('FIN_WAIT_2', 100, { cookie });
      await client.ss();
    },
  },
  { server: ['server', 'servers/never-close.ts'], client: ['client', 'clients/send-after-shutdown.ts'] },
);
