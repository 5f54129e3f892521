import { ownRun } from '../run.ts';

export const SYN_ARRIVED = 'the SYN has arrived, and its answer waits on the wire';
export const SYN_ACK_ARRIVED = 'the SYN-ACK has arrived, and the last ACK waits on the wire';

const HOLD_MS = 150;

/** A handshake whose segments are let through one by one, on long cables: nothing is lost, and nothing sent again. */
export const HANDSHAKE_IN_STEPS = ownRun(
  {
    slug: 'handshake-in-steps',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const wires = { client: client.wire(), server: server.wire() };
      await server.start('server');
      await server.listens();
      await wires.server.hold();
      await client.start('client');
      await server.reaches('SYN_RCVD', { localPort: plan.port });
      await scene.step(SYN_ARRIVED);
      await client.holds('SYN_SENT', HOLD_MS, { remotePort: plan.port });
      await scene.ss();
      await wires.client.hold();
      await wires.server.release();
      await client.reaches('ESTABLISHED', { remotePort: plan.port });
      await scene.step(SYN_ACK_ARRIVED);
      await server.holds('SYN_RCVD', HOLD_MS, { localPort: plan.port });
      await scene.ss();
      await wires.client.release();
      await server.reaches('ESTABLISHED', { localPort: plan.port });
    },
  },
  { server: ['server', 'servers/echo.ts'], client: ['client', 'clients/connect.ts'] },
);
