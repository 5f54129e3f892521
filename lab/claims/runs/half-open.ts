import { ownRun } from '../run.ts';

/** The steps between which the server has the old connection and the new one. */
export const BACK = 'the client has forgotten its connection, and connects from another port';
export const TOLD = 'the server is told to send on the old connection';

const STAYS_MS = 300;

/** A client forgets its connection and opens another; in the end the server sends on the old one. */
export const HALF_OPEN = ownRun(
  {
    slug: 'half-open-again',
    lastsMs: 2_000,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const sending = await server.start('server');
      await server.listens();
      const forgetful = await client.start('forgets', { more: ['1'] });
      const lost = await client.reaches('ESTABLISHED', { remotePort: plan.port });
      const left = await server.reaches('ESTABLISHED', { localPort: plan.port });
      const old = { cookie: left?.cookie ?? '' };
      await server.until('to accept it', (sockets) =>
        sockets.some(({ cookie, inode }) => cookie === old.cookie && inode !== 0),
      );
      const gate = await server.gate('everything');
      forgetful.signal();
      await client.reaches('CLOSED', { cookie: lost?.cookie ?? '' });
      await gate.open();

      await scene.step(BACK);
      await client.start('again');
      await client.reaches('ESTABLISHED', { remotePort: plan.port });
      await server.until(
        'to have two connections',
        (sockets) => sockets.filter(({ state }) => state === 'ESTABLISHED').length === 2,
      );
      await server.holds('ESTABLISHED', STAYS_MS, old);
      await scene.ss();

      await scene.step(TOLD);
      sending.signal('SIGUSR2');
      await client.saw({ payload: 'some' });
      await server.reaches('CLOSED', old);
    },
  },
  {
    server: ['server', 'servers/answer-when-told.ts'],
    forgets: ['client', 'clients/vanish.ts'],
    again: ['client', 'clients/connect.ts'],
  },
);
