import { ownRun } from '../run.ts';

/** How far the timer of TIME_WAIT has run down at least before the last FIN comes. */
const FALLEN_MS = 300;
const TIME_WAIT_MS = 60_000;
/** The kernel doubles the time between its FINs, so that after so many there are 0.8 s and more to read the timer. */
const FINS = 3;

/** No ACK of its FIN gets to the server, and so its kernel sends the FIN again and again. */
export const LOST_LAST_ACK = ownRun(
  {
    slug: 'lost-last-ack',
    lastsMs: 3_000,
    async scenario({ client, server, plan }) {
      await server.gate('ack-of-fin');
      await server.start('server');
      await server.listens();
      await client.start('client');
      const waiting = await client.reaches('TIME_WAIT', { remotePort: plan.port });
      const fins = { has: 'F', source: { port: plan.port } };
      await client.sawAll(FINS, fins);
      await client.until('to count TIME_WAIT down', (sockets) =>
        sockets.some(
          ({ cookie, timerMs }) => cookie === waiting?.cookie && timerMs <= TIME_WAIT_MS - FALLEN_MS,
        ),
      );
      await client.sample();
      const before = await client.sawAll(FINS, fins);
      await client.sawAll(before.length + 1, fins);
      await client.sample();
      await client.ss();
    },
  },
  { server: ['server', 'servers/close-last.ts'], client: ['client', 'clients/close.ts'] },
);
