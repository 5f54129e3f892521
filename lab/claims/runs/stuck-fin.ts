import { ownRun } from '../run.ts';

/** More than the server's kernel takes when nobody reads, and less than the client's. */
const BYTES = 24_576;
const SMALL_BUFFERS = '4096 8192 8192';
/** How long after the client the server closes. */
const LATER_MS = 300;

/** The step after which the server closes, too. */
export const CLOSES_TOO = 'the client closed long ago, and its FIN is still in line: now the server closes';

/** A client closes while its bytes are in line before a server that does not read; the server closes much later. */
export const STUCK_FIN = ownRun(
  {
    slug: 'stuck-fin',
    lastsMs: 1_500,
    async scenario(scene) {
      const { client, server, plan } = scene;
      await server.knob('tcp_rmem', SMALL_BUFFERS);
      const program = await server.start('server');
      await server.listens();
      await client.start('client', { more: ['1', String(BYTES)] });
      const closed = await client.reaches('FIN_WAIT_1', { remotePort: plan.port });
      const end = { cookie: closed?.cookie ?? '' };
      await server.until('to have accepted the connection', (sockets) =>
        sockets.some(
          ({ state, inode, receiveQueue }) => state === 'ESTABLISHED' && inode !== 0 && receiveQueue > 0,
        ),
      );
      await client.holds('FIN_WAIT_1', LATER_MS, end);
      await client.ss();
      await scene.step(CLOSES_TOO);
      program.signal('SIGUSR2');
      await client.reaches('CLOSING', end);
      await client.ss();
    },
  },
  { server: ['server', 'servers/end-unread.ts'], client: ['client', 'clients/post.ts'] },
);
