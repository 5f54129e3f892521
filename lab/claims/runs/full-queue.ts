import type { SocketRecord } from '../../observe/sock-diag.ts';
import { ownRun } from '../run.ts';

export const FULL = 'the accept queue is full, and a third client comes';
export const ROOM = 'a fourth client waits, and the program accepts once';
/** Which of the clients' connections is the one that gives up, and which finds room. */
export const [GIVES_UP, PATIENT] = [2, 3] as const;
const OVERFLOWS = 'ListenOverflows';
/** With one retransmission a client gives up after two or three seconds. Those in the queue are past SYN_SENT all the time. */
const GIVES_UP_MS = 5_000;

/** A client whose SYN finds the accept queue full, until it gives up; and one that finds room when its SYN comes again. */
export const FULL_QUEUE = ownRun(
  {
    slug: 'full-queue',
    knobs: { tcp_syn_retries: '1' },
    lastsMs: 5_000,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const beside = { remotePort: plan.port, hopelessMs: GIVES_UP_MS };
      const service = await server.start('server');
      await server.listens();
      for (const many of [1, 2]) {
        await client.start('client');
        const isThere = ({ state, local }: SocketRecord): boolean =>
          state === 'ESTABLISHED' && local.port === plan.port;
        await server.until(
          `to have ${many} in its queue`,
          (sockets) => sockets.filter(isThere).length === many,
        );
      }
      await server.counters(OVERFLOWS);
      await scene.step(FULL);
      await client.start('client');
      const given = await client.reaches('SYN_SENT', beside);
      await scene.ss();
      await client.leaves('SYN_SENT', { cookie: given?.cookie ?? '', deadlineMs: GIVES_UP_MS });
      await server.counters(OVERFLOWS);
      await client.start('client');
      const patient = await client.reaches('SYN_SENT', beside);
      await scene.step(ROOM);
      service.signal('SIGUSR2');
      await client.reaches('ESTABLISHED', { cookie: patient?.cookie ?? '' });
      await scene.ss();
    },
  },
  { server: ['server', 'servers/accept-when-told.ts'], client: ['client', 'clients/connect.ts'] },
);
