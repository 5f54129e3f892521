import { ownRun } from '../run.ts';

/** Two programs listen on one port, each at an address of its own. */
export const TWO_LISTENERS = ownRun(
  {
    slug: 'two-listeners',
    hosts: ['server'],
    lastsMs: 1_000,
    async scenario({ server, plan }) {
      for (const address of [server.address, '127.0.0.1'])
        await server.start('server', { args: [address, String(plan.port)] });
      await server.until(
        'to listen twice',
        (sockets) => sockets.filter(({ state }) => state === 'LISTEN').length === 2,
      );
      await server.holds('LISTEN', 100);
      await server.ss();
    },
  },
  { server: ['server', 'servers/listen.ts'] },
);
