import { referenceProgram } from '../../exercise/programs.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { SockDiag } from '../../observe/sock-diag.ts';
import { KernelSocket } from '../../sys/socket.ts';
import { closeGate } from './close-gate.ts';
import { atLeast, type Benchmark, type Figure, timed } from './measure.ts';

const PORT = 8_080;
const BUDGET_MS = 700;

/** Dumps of sock_diag a second with 0, 1,000 and 10,000 sockets, beside spawned `ss -tan` on the same host. */
export async function benchObserve(): Promise<Benchmark> {
  const figures: Figure[] = [];
  for (const [sockets, faster] of [
    [0, 10],
    [1_000, undefined],
    [10_000, 3],
  ] as const) {
    const { diag, ss } = await ratesWith(sockets);
    const name = `with ${sockets.toLocaleString('en')} sockets`;
    figures.push(
      { name: `sock_diag dumps a second ${name}`, value: diag, unit: '/s' },
      { name: `ss runs a second ${name}`, value: ss, unit: '/s' },
      faster === undefined
        ? { name: `times faster ${name}`, value: diag / ss, unit: '×' }
        : atLeast(`times faster ${name}`, diag / ss, '×', faster),
    );
  }
  return {
    name: 'observe',
    what: 'whole socket tables read by sock_diag in this process, beside spawned ss -tan',
    figures,
    notes: ['every dump is decoded into rows'],
  };
}

async function ratesWith(sockets: number): Promise<{ diag: number; ss: number }> {
  const most = String(2 * Math.max(sockets, 100));
  await using network = namespaceNetwork({
    hosts: ['client', 'server'],
    queuePackets: 20_000,
    knobs: { somaxconn: most, tcp_max_syn_backlog: most, tcp_syncookies: '0' },
  });
  const client = network.host('client');
  const server = network.host('server');
  await closeGate(client, 'own-rst');
  using diag = server.enter(() => new SockDiag());
  using listener = server.enter(() => KernelSocket.open());
  if (sockets > 0) {
    listener.bind({ address: server.address, port: PORT });
    listener.listen(Number(most));
    const to = [server.address, String(PORT), String(sockets)];
    await (await client.run(referenceProgram('clients/half-open.ts'), to)).exited;
    const found = diag.dump().length;
    if (found !== sockets + 1) throw new Error(`${found} sockets in the table, not ${sockets + 1}`);
  }
  return {
    diag: await perSecond(() => {
      diag.dump();
      return Promise.resolve();
    }),
    ss: await perSecond(() => server.exec('ss', ['-tan'])),
  };
}

async function perSecond(once: () => Promise<unknown>): Promise<number> {
  let runs = 0;
  const ms = await timed(async () => {
    for (const endMs = performance.now() + BUDGET_MS; performance.now() < endMs; runs++) await once();
  });
  return runs / (ms / 1000);
}
