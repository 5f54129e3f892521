import { ownRun } from '../run.ts';

/** The steps after which the client sends: two resets, data, and a reset once more. */
export const ORDERS = {
  inWindow: 'an RST with a number in the window',
  exact: 'an RST with the next number',
  data: 'data for a connection that is no more',
  again: 'an RST for a connection that is no more',
} as const;

const QUIET_MS = 150;

/** A connection is reset with two numbers; then its client goes on as if it were there. */
export const RESET_BY_NUMBER = ownRun(
  {
    slug: 'reset-by-number',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const here = { destination: { port: plan.port } };
      await client.gate('own-rst');
      await server.start('server');
      const listener = await server.listens();
      const program = await client.start('client');
      const open = await server.reaches('ESTABLISHED', { localPort: plan.port });
      const cookie = open?.cookie ?? '';

      await scene.step(ORDERS.inWindow);
      program.signal('SIGUSR2');
      await server.saw({ has: 'R', ...here });
      await server.holds('ESTABLISHED', QUIET_MS, { cookie });
      await server.ss();

      await scene.step(ORDERS.exact);
      program.signal('SIGUSR2');
      await server.reaches('CLOSED', { cookie });
      await server.holds('LISTEN', QUIET_MS, { cookie: listener.cookie });

      await scene.step(ORDERS.data);
      program.signal('SIGUSR2');
      await server.saw({ payload: 'some', ...here });
      await client.saw({ has: 'R' });

      await scene.step(ORDERS.again);
      program.signal('SIGUSR2');
      await server.sawAll(3, { has: 'R', ...here });
      await server.holds('LISTEN', QUIET_MS, { cookie: listener.cookie, patient: true });
    },
  },
  { server: ['server', 'servers/close-last.ts'], client: ['client', 'clients/reset-by-number.ts'] },
);
