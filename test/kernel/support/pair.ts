import type { NetworkPlan } from '../../../lab/host/host.ts';
import type { NamespaceHost } from '../../../lab/host/namespaces/namespace-host.ts';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { Observation, type ObservedHost } from '../../../lab/observe/observation.ts';
import { KernelSocket } from '../../../lab/sys/socket.ts';
import type { Endpoint } from '../../../lab/tcp/address.ts';

/** The port that servers in these tests listen on. */
export const PORT = 8_080;

export type Side = 'client' | 'server';

/** Both ends of an established connection. */
export interface Connection {
  readonly client: KernelSocket;
  readonly server: KernelSocket;
}

/** A fresh pair of hosts, watched, and the sockets that a test has opened on them. Disposing of it removes everything. */
export class Pair implements AsyncDisposable {
  readonly observation: Observation<NamespaceHost>;
  readonly client: ObservedHost<NamespaceHost>;
  readonly server: ObservedHost<NamespaceHost>;
  readonly #stack = new AsyncDisposableStack();

  constructor(plan: Omit<NetworkPlan, 'hosts'>) {
    const network = this.#stack.use(namespaceNetwork({ ...plan, hosts: ['client', 'server'] }));
    this.observation = this.#stack.use(new Observation(network.hosts.values()));
    this.client = this.observation.of('client');
    this.server = this.observation.of('server');
  }

  /** Has `thing` disposed of together with the pair. */
  keep<T extends Disposable | AsyncDisposable>(thing: T): T {
    return this.#stack.use(thing);
  }

  endpoint(side: Side, port = PORT, ip: 4 | 6 = 4): Endpoint {
    const { host } = this[side];
    return { address: ip === 4 ? host.address : (host.address6 ?? 'no IPv6'), port };
  }

  open(side: Side, options: { family?: 4 | 6; reuseAddress?: boolean } = {}): KernelSocket {
    return this.keep(this[side].host.enter(() => KernelSocket.open(options)));
  }

  listen(
    options: { port?: number; ip?: 4 | 6; backlog?: number; reuseAddress?: boolean } = {},
  ): KernelSocket {
    const endpoint = this.endpoint('server', options.port, options.ip);
    return this.keep(this.server.host.enter(() => KernelSocket.listening(endpoint, options)));
  }

  /** Sends a SYN from the client to the server's port; `from` is the client's own port. */
  connect(options: { port?: number; ip?: 4 | 6; from?: number } = {}): KernelSocket {
    const socket = this.open('client', { family: options.ip ?? 4 });
    if (options.from !== undefined) socket.bind(this.endpoint('client', options.from, options.ip));
    socket.connect(this.endpoint('server', options.port, options.ip));
    return socket;
  }

  /** Opens a connection to `listener`, or to a new one on PORT, and takes it from the accept queue. */
  async connected(options: { listener?: KernelSocket; ip?: 4 | 6; from?: number } = {}): Promise<Connection> {
    const listener = options.listener ?? this.listen(options);
    const client = this.connect({ ...options, port: listener.localEndpoint().port });
    const { port } = client.localEndpoint();
    await Promise.all([
      this.client.waits.reaches('ESTABLISHED', { localPort: port }),
      this.server.waits.reaches('ESTABLISHED', { remotePort: port }),
    ]);
    const server = listener.accept();
    if (server === undefined) throw new Error('the accept queue is empty');
    return { client, server: this.keep(server) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

/** A client and a server host joined by a link, with witnesses, waits and gates. */
export function pair(plan: Omit<NetworkPlan, 'hosts'> = {}): Pair {
  return new Pair(plan);
}
