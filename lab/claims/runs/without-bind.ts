import { ownRun } from '../run.ts';

export const ALLOWED = 'ip_nonlocal_bind is 1 from now on';

/** One program listens without bind(); another asks for an address that is another host's, before that is allowed and after. */
export const WITHOUT_BIND = ownRun(
  {
    slug: 'without-bind',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const foreign = { args: [client.address, String(plan.port)] };
      await server.start('unbound');
      await server.reaches('LISTEN');
      const refused = await server.start('bound', foreign);
      await refused.exited;
      await server.ss();
      await server.readKnobs('ip_nonlocal_bind');
      await scene.step(ALLOWED);
      await server.knob('ip_nonlocal_bind', '1');
      await server.start('bound', foreign);
      await server.listens();
      await server.ss();
    },
  },
  { unbound: ['server', 'servers/listen-without-bind.ts'], bound: ['server', 'servers/listen.ts'] },
);
