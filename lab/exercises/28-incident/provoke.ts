import { ownTurn } from '../../exercise/own-turn.ts';
import type { Scene, SceneHost } from '../../exercise/scene.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { State } from '../../tcp/states.ts';
import type { Cause, Service } from './services.ts';

/** How many bytes a client sends to a server that never reads: more than the server's kernel takes, less than its own. */
const POSTED = '24576';
/** The first of the few ports that a client may use that runs out of them. */
const FIRST_PORT = 40_000;
const SMALL_BUFFERS = '4096 8192 8192';

/** One service's two hosts, and how its programs are started. */
interface Stage {
  readonly service: Service;
  readonly server: SceneHost;
  readonly client: SceneHost;
  readonly open: (part: string, ...more: unknown[]) => Promise<RunningProgram>;
  /** Waits until as many of the service's sockets as it has connections are in a state on one of its hosts. */
  readonly piles: (end: 'server' | 'client', state: State, count?: number) => Promise<void>;
}

/** Which server program each illness needs. */
const SERVERS: Readonly<Record<Cause, string>> = {
  'server-never-closes': 'never-close',
  'server-never-accepts': 'never-accept',
  'server-never-reads': 'never-read',
  'handshake-filtered': 'echo',
  'syn-flood': 'echo',
  'ports-used-up': 'echo',
  'client-vanished': 'never-close',
};

/** What brings each illness about, once its server listens. Each ends in what the kernels keep. */
const PROVOKE: Readonly<Record<Cause, (stage: Stage) => Promise<void>>> = {
  async 'server-never-closes'({ open, piles, service, server }) {
    const clients = await open('connect-many', service.count);
    await piles('server', 'ESTABLISHED');
    clients.signal('SIGTERM');
    await piles('server', 'CLOSE_WAIT');
    // The client's FIN counts as one byte in Recv-Q until the program has read to the end.
    await server.until('to have read to the end of its connections', (sockets) =>
      sockets.every(({ local, receiveQueue }) => local.port !== service.port || receiveQueue === 0),
    );
  },

  async 'server-never-accepts'({ open, piles, service }) {
    await open('connect-many', service.count + 2);
    await piles('client', 'SYN_SENT');
    await piles('server', 'ESTABLISHED', 2);
  },

  async 'server-never-reads'({ open, piles, service, server }) {
    await open('post', service.count, POSTED);
    await piles('client', 'FIN_WAIT_1');
    await server.until('to have unread bytes on every connection', (sockets) => {
      const unread = sockets.filter(
        ({ local, receiveQueue }) => local.port === service.port && receiveQueue > 0,
      );
      return unread.filter(({ state }) => state === 'ESTABLISHED').length >= service.count;
    });
  },

  async 'handshake-filtered'({ open, piles, service, client }) {
    await client.gate('syn-ack');
    await open('connect-many', service.count);
    await piles('server', 'SYN_RCVD');
    await piles('client', 'SYN_SENT');
  },

  async 'syn-flood'({ open, piles, service, client }) {
    await client.gate('own-rst');
    await open('half-open', service.count);
    await piles('server', 'SYN_RCVD');
  },

  async 'ports-used-up'({ open, piles, service, client }) {
    // Linux searches an even number of ports: of an odd number it may leave one out.
    const ports = service.count + (service.count % 2);
    await client.knob('ip_local_port_range', `${FIRST_PORT} ${FIRST_PORT + ports - 1}`);
    await open('churn');
    await piles('client', 'TIME_WAIT');
    await client.until('to have nothing but TIME_WAIT left', (sockets) =>
      sockets.every(({ remote, state }) => remote.port !== service.port || state === 'TIME_WAIT'),
    );
  },

  async 'client-vanished'({ open, piles, service, server, client }) {
    const clients = await open('vanish', service.count);
    await piles('server', 'ESTABLISHED');
    await piles('client', 'ESTABLISHED');
    await server.gate('rst');
    clients.signal('SIGTERM');
    await client.until('to have forgotten its connections', (sockets) =>
      sockets.every(({ remote }) => remote.port !== service.port),
    );
  },
};

/** Makes one service sick, as its plan says. */
export async function provoke(scene: Scene, service: Service): Promise<void> {
  const { port, cause } = service;
  const server = scene.host(service.server);
  const client = scene.host(service.client);
  const { address } = server;
  const open = async (part: string, ...more: unknown[]): Promise<RunningProgram> => {
    await ownTurn();
    return client.start(part, { args: [address, String(port), ...more.map(String)] });
  };
  const piles = async (end: 'server' | 'client', state: State, count = service.count): Promise<void> => {
    await (end === 'server' ? server : client).until(
      `to have ${count} connections in ${state}`,
      (sockets) => {
        const own = sockets.filter(({ local, remote }) => (end === 'server' ? local : remote).port === port);
        return own.filter((socket) => socket.state === state).length >= count;
      },
    );
  };
  // A listener hands the size of its buffer on to its connections, so this comes first.
  if (cause === 'server-never-reads') await server.knob('tcp_rmem', SMALL_BUFFERS);
  await ownTurn();
  await server.start(SERVERS[cause], { args: [address, String(port)] });
  await server.listens(port);
  await PROVOKE[cause]({ service, server, client, open, piles });
}
