import { ownRun } from '../run.ts';

export const LISTENS_NOW = 'from now on the bound port is in LISTEN';

/** A client comes to a port that is bound and no more, and comes again when the program has called listen(). */
export const ONLY_BOUND = ownRun(
  {
    slug: 'only-bound',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const service = await server.start('server');
      await server.listens(plan.port + 1);
      await server.ss();
      await client.start('client');
      await client.saw({ source: { port: plan.port } });
      service.signal('SIGUSR2');
      await server.listens();
      await scene.step(LISTENS_NOW);
      await client.start('client');
      await client.sawAll(2, { source: { port: plan.port } });
      await scene.ss();
    },
  },
  { server: ['server', 'servers/only-bind.ts'], client: ['client', 'clients/connect.ts'] },
);
