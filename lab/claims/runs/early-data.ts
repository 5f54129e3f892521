import { ownRun } from '../run.ts';

/** Both ends allow TCP Fast Open, without a cookie, on every listener. Documentation/networking/ip-sysctl.rst. */
const FAST_OPEN = String(0x1 | 0x2 | 0x4 | 0x200 | 0x400);

/** Which of the clients' connections is whose. */
export const [FIRST, IN_SYN, IN_ACK] = [0, 1, 2] as const;

/** Three clients after one another: an ordinary one, one with data in its SYN, one with data in its last ACK. */
export const EARLY_DATA = ownRun(
  {
    slug: 'early-data',
    knobs: { tcp_fastopen: FAST_OPEN },
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      await server.readKnobs('tcp_fastopen');
      await server.start('server');
      await server.listens();
      const ordinary = await client.start('ordinary');
      await server.reaches('ESTABLISHED', { localPort: plan.port });
      await ordinary.stop();
      await server.leaves('ESTABLISHED', { localPort: plan.port });
      for (const [n, part] of ['in-syn', 'in-ack'].entries()) {
        const program = await client.start(part);
        await client.sawAll(n + 1, { payload: 'some', source: { port: plan.port } });
        await scene.ss();
        await program.stop();
        await server.leaves('ESTABLISHED', { localPort: plan.port });
      }
    },
  },
  {
    server: ['server', 'servers/echo.ts'],
    ordinary: ['client', 'clients/connect.ts'],
    'in-syn': ['client', 'clients/data-in-syn.ts'],
    'in-ack': ['client', 'clients/data-with-last-ack.ts'],
  },
);
