import { expect, test } from 'vitest';
import type { ObservedHost } from '../../../lab/observe/observation.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import type { State } from '../../../lab/tcp/states.ts';
import { pair } from '../support/pair.ts';
import { program, testProgram } from '../support/programs.ts';
import { until } from '../support/until.ts';
import { bothSay, type ObserveDocument, observeJson } from './support/observe.ts';
import { describeWithServers, RealProgram, startNginx, startRedis } from './support/servers.ts';

const DEADLINE_MS = 20_000;

/** Waits until a host has so many sockets in a state. */
async function has(observed: ObservedHost, state: State, count: number): Promise<void> {
  const satisfied = (all: readonly SocketRecord[]): boolean =>
    all.filter((each) => each.state === state).length === count;
  await until(observed, `${count} in ${state}`, satisfied, DEADLINE_MS);
}

describeWithServers('observe and ss agree on', ['nginx', 'redis-server', 'redis-benchmark'], () => {
  test('nginx with connections over IPv4, IPv6 and IPv4 on an IPv6 socket', async () => {
    await using lab = pair({ ipv6: true });
    const { host } = lab.server;
    await using nginx = startNginx(host);
    await has(lab.server, 'LISTEN', 5);
    const to = [
      '127.0.0.1',
      '8080',
      '100',
      '::1',
      '8080',
      '100',
      '127.0.0.1',
      '8081',
      '60',
      '::1',
      '8081',
      '40',
    ];
    await host.run(program('clients/connect-many.ts'), to);
    await host.run(program('clients/open-and-close.ts'), ['127.0.0.1', '8082', '80', 'last']);
    await has(lab.server, 'ESTABLISHED', 600);
    await has(lab.server, 'TIME_WAIT', 80);

    const { counts, ss, document } = await bothSay(host);
    expect(counts).toEqual(ss);
    expect(counts.states).toEqual({ LISTEN: 5, ESTABLISHED: 600, TIME_WAIT: 80 });
    expect(counts.peers).toEqual({ '127.0.0.1': 400, '::1': 280 });
    expect(document.warnings).toEqual([]);
    expect(document.listeners.filter(({ local }) => local.port === 8_082)).toMatchObject([{ sockets: 2 }]);

    const port = await bothSay(host, ['--port', '8081'], ['( sport = :8081 or dport = :8081 )']);
    expect(port.counts).toEqual(port.ss);
    expect(port.counts.states).toEqual({ LISTEN: 1, ESTABLISHED: 200 });

    // The workers have accepted; the master has the listeners, of which it says what is in their queues.
    const [master] = (await observeJson(host, '--pid', String(nginx.pid))) as [ObserveDocument];
    expect(master.states).toMatchObject({ LISTEN: 5, ESTABLISHED: 0, TIME_WAIT: 0 });
    expect(master.unattributed).toEqual({
      timeWait: 80,
      orphans: 0,
      onItsPorts: { timeWait: 80, orphans: 0 },
      shared: 0,
    });
  });

  test('redis while it answers fifty clients, and after they have come and gone', async () => {
    await using lab = pair({ ipv6: true });
    const { host } = lab.server;
    await using redis = startRedis(host);
    await has(lab.server, 'LISTEN', 2);
    const clients = await host.run(testProgram('keeps-asking.ts'), ['127.0.0.1', '6379', '50', 'PING\r\n']);
    await has(lab.server, 'ESTABLISHED', 100);
    const load = await bothSay(host);
    expect(load.counts).toEqual(load.ss);
    expect(load.counts.states).toEqual({ LISTEN: 2, ESTABLISHED: 100 });
    const [own] = (await observeJson(host, '--pid', String(redis.pid))) as [ObserveDocument];
    expect(own.states).toMatchObject({ LISTEN: 2, ESTABLISHED: 50 });
    await clients.stop();

    // Without keepalive each request is a connection.
    const benchmark = ['-h', '127.0.0.1', '-q', '-t', 'ping_mbulk', '-c', '50', '-n', '500', '-k', '0'];
    const churn = new RealProgram(host, 'redis-benchmark', benchmark);
    expect(await churn.ended()).toBe(0);
    await has(lab.server, 'ESTABLISHED', 0);
    const after = await bothSay(host);
    expect(after.counts).toEqual(after.ss);
    expect(after.counts.states.TIME_WAIT).toBeGreaterThanOrEqual(450);
  });

  test('a healthy server under load gives no warning in five looks', async () => {
    await using lab = pair();
    const { host } = lab.server;
    await using _nginx = startNginx(host);
    await using _redis = startRedis(host);
    await has(lab.server, 'LISTEN', 7);
    const ask = testProgram('keeps-asking.ts');
    await host.run(ask, ['127.0.0.1', '6379', '50', 'PING\r\n']);
    await host.run(ask, ['127.0.0.1', '8080', '50', 'GET / HTTP/1.1\r\nHost: it\r\n\r\n']);
    await host.run(program('clients/open-and-close.ts'), ['127.0.0.1', '8080', '500', 'first']);
    await until(
      lab.server,
      'TIME_WAIT',
      (all) => all.some(({ state }) => state === 'TIME_WAIT'),
      DEADLINE_MS,
    );
    const looks = await observeJson(host, '--count', '5', '--interval', '200');
    expect(looks.map(({ look }) => look)).toEqual([1, 2, 3, 4, 5]);
    expect(looks.flatMap(({ warnings }) => warnings)).toEqual([]);
  });
});
