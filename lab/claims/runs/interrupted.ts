import type { SceneHost } from '../../exercise/scene.ts';
import { ownRun } from '../run.ts';

/** The step after which both programs get what Ctrl-C sends. */
export const CTRL_C = 'SIGINT is sent to both programs';

/** How far behind the plan's port the server greets whoever comes. */
export const GREETS = 2;

/** Two clients are interrupted, one of them while bytes lie unread in its queue. */
export const INTERRUPTED = ownRun(
  {
    slug: 'interrupted',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const ports = [plan.port, plan.port + GREETS] as const;
      await server.start('server', { more: ['1000'] });
      await Promise.all(ports.map((port) => server.listens(port)));
      const programs = [];
      for (const port of ports)
        programs.push(await client.start('client', { args: [server.address, String(port)] }));
      await Promise.all(ports.map((port) => client.reaches('ESTABLISHED', { remotePort: port })));
      await unread(client, ports[1]);
      await client.sample();
      await client.ss();
      await scene.step(CTRL_C);
      for (const program of programs) program.signal('SIGINT');
      await client.reaches('TIME_WAIT', { remotePort: ports[0], patient: true });
      await client.reaches('CLOSED', { remotePort: ports[1], patient: true });
      await server.until('to be rid of both', (sockets) => sockets.every(({ state }) => state === 'LISTEN'));
    },
  },
  { server: ['server', 'servers/greet.ts'], client: ['client', 'clients/never-read.ts'] },
);

async function unread(client: SceneHost, port: number): Promise<void> {
  await client.until('to have unread bytes', (sockets) =>
    sockets.some(({ remote, receiveQueue }) => remote.port === port && receiveQueue > 0),
  );
}
