import { ownRun } from '../run.ts';

/** A client closes while its last bytes still wait to be sent. */
export const CORKED_FIN = ownRun(
  {
    slug: 'corked-fin',
    lastsMs: 1_000,
    async scenario({ client, server, plan }) {
      await server.start('server');
      await server.listens();
      await client.start('client');
      await server.saw({ has: 'F', destination: { port: plan.port } });
      await client.reaches('TIME_WAIT', { remotePort: plan.port });
    },
  },
  { server: ['server', 'servers/close-last.ts'], client: ['client', 'clients/cork-and-close.ts'] },
);
