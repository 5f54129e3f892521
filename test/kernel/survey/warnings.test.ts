import { expect, test } from 'vitest';
import { sendSyns } from '../../../lab/raw/syn-burst.ts';
import { PORT, pair } from '../support/pair.ts';
import { program, testProgram } from '../support/programs.ts';
import { until } from '../support/until.ts';
import { bothSay, type ObserveDocument, observe, observeAsRoot, observeJson } from './support/observe.ts';

const DEADLINE_MS = 20_000;
const SERVER = '198.18.0.2';

test('CLOSE_WAIT that grows is told with the process that holds it; that it is merely there is not', {
  timeout: 60_000,
}, async () => {
  await using lab = pair();
  const { host } = lab.server;
  const server = await host.run(program('servers/never-close.ts'), [SERVER, String(PORT)]);
  await lab.server.waits.reaches('LISTEN');
  await lab.client.host.run(testProgram('open-and-leave.ts'), [SERVER, String(PORT), '400', '40']);
  const inCloseWait = (count: number) =>
    until(
      lab.server,
      `${count} in CLOSE_WAIT`,
      (all) => all.filter(({ state }) => state === 'CLOSE_WAIT').length >= count,
      DEADLINE_MS,
    );
  await inCloseWait(20);
  const looks = await observeJson(host, '--count', '5', '--interval', '400');
  expect(looks[0]?.warnings).toEqual([]);
  const [warning] = looks.at(-1)?.warnings ?? [];
  expect(warning).toMatchObject({ code: 'growing', state: 'CLOSE_WAIT', where: `port ${PORT}` });
  const [holder] = warning?.holders ?? [];
  expect(holder?.pid).toBe(server.pid);
  // The latest ones may not have been accepted yet: those nobody holds.
  expect(holder?.sockets).toBeGreaterThan((warning?.count ?? 0) / 2);
  expect(holder?.sockets).toBeLessThanOrEqual(warning?.count ?? 0);
  expect(warning?.why).toContain('The other ends have closed');

  await inCloseWait(400);
  const still = await observeJson(host, '--count', '4', '--interval', '50');
  expect(still.flatMap(({ warnings }) => warnings)).toEqual([]);
  const { counts, ss } = await bothSay(host);
  expect(counts).toEqual(ss);
  expect(counts.states).toEqual({ LISTEN: 1, CLOSE_WAIT: 400 });
  expect((await observe(host)).stdout).toContain('400 in CLOSE_WAIT: whether they grow');
});

test.each([
  ['1', 41, 'SYN cookies'],
  ['0', 25, 'SYNs are dropped'],
])('a SYN queue that is nearly full, with tcp_syncookies=%s: it holds %i', async (cookies, limit, what) => {
  await using lab = pair({ knobs: { tcp_syncookies: cookies, tcp_max_syn_backlog: '32' } });
  const { host } = lab.server;
  await lab.client.gates.drop('own-rst');
  lab.listen({ backlog: 40 });
  const flood = (count: number): void => {
    const { address } = lab.client.host;
    lab.client.host.enter(() => sendSyns(address, { address: SERVER, port: PORT }, count));
  };
  const halfOpen = (count: number) =>
    until(
      lab.server,
      `${count} in SYN_RCVD`,
      (all) => all.filter(({ state }) => state === 'SYN_RCVD').length === count,
      DEADLINE_MS,
    );
  flood(10);
  await halfOpen(10);
  const [few] = (await observeJson(host)) as [ObserveDocument];
  expect(few.listeners).toMatchObject([{ halfOpen: 10, halfOpenLimit: limit }]);
  expect(few.warnings).toEqual([]);
  // Where a queue is more than half full, the kernel gives up what is old, after seven seconds: so there is always more.
  const more = setInterval(() => flood(200), 100);
  try {
    await halfOpen(limit);
    const { document, counts, ss } = await bothSay(host);
    expect(counts).toEqual(ss);
    expect(document.warnings[0]).toMatchObject({ code: 'half-open-near-limit', state: 'SYN_RCVD', limit });
    expect(document.warnings[0]?.where).toBe(`port ${PORT}`);
    expect(document.warnings[0]?.why).toContain(what);
  } finally {
    clearInterval(more);
  }
});

test('TIME_WAIT near the end of a small port range, towards one destination', async () => {
  await using lab = pair({ knobs: { ip_local_port_range: '40000 40049' } });
  const { host } = lab.client;
  await lab.server.host.run(program('servers/echo.ts'), [SERVER, String(PORT)]);
  await lab.server.waits.reaches('LISTEN');
  const client = program('clients/open-and-close.ts');
  const timeWait = (count: number) =>
    until(
      lab.client,
      `${count} in TIME_WAIT`,
      (all) => all.filter(({ state }) => state === 'TIME_WAIT').length === count,
      DEADLINE_MS,
    );
  await host.run(client, [SERVER, String(PORT), '30', 'first']);
  await timeWait(30);
  expect((await observeJson(host))[0]?.warnings).toEqual([]);
  await host.run(client, [SERVER, String(PORT), '15', 'first']);
  await timeWait(45);
  const [document] = (await observeJson(host)) as [ObserveDocument];
  expect(document.warnings).toMatchObject([
    { code: 'ports-near-limit', state: 'TIME_WAIT', where: `to ${SERVER}:${PORT}`, count: 45, limit: 50 },
  ]);
  // Of the port that the client does not use there is nothing to say.
  expect((await observeJson(host, '--port', '9'))[0]).toMatchObject({ sockets: 0, warnings: [] });
});

test('a full accept queue, and whose it is', async () => {
  await using lab = pair();
  const { host } = lab.server;
  const { pid } = await host.run(program('servers/never-accept.ts'), [SERVER, String(PORT)]);
  await lab.server.waits.reaches('LISTEN');
  for (let n = 0; n < 3; n += 1) lab.connect();
  await until(lab.server, '2 in the queue', (all) => all.some(({ receiveQueue }) => receiveQueue === 2));
  const [document] = (await observeJson(host)) as [ObserveDocument];
  expect(document.listeners).toMatchObject([{ acceptQueue: 2, acceptLimit: 1, full: 1 }]);
  expect(document.warnings).toMatchObject([
    { code: 'accept-queue-full', where: `port ${PORT}`, holders: [{ pid, sockets: 1 }] },
  ]);
  // Nobody has accepted them, so that they have no descriptor; they are in a queue of this process's listener.
  const [own] = (await observeJson(host, '--pid', String(pid))) as [ObserveDocument];
  expect(own.states).toMatchObject({ LISTEN: 1, ESTABLISHED: 2 });
  // SYNs that come now are dropped.
  await lab.client.host.run(testProgram('open-and-leave.ts'), [SERVER, String(PORT), '2000', '20']);
  const looks = await observeJson(host, '--count', '5');
  expect(looks.at(-1)?.warnings).toMatchObject([{}, { code: 'accept-queue-overflows' }]);
});

test('a process in another network namespace is observed there, by who may enter it; its orphans are told apart', async () => {
  await using lab = pair();
  const { server } = await lab.connected();
  server.close();
  await lab.server.waits.reaches('FIN_WAIT_2');
  const listening = await lab.server.host.run(program('servers/echo.ts'), [SERVER, '9000']);
  await lab.server.waits.reaches('LISTEN', { localPort: 9_000 });
  const pid = String(listening.pid);
  // To enter takes CAP_SYS_ADMIN, which tools on hosts do not have.
  expect(await observe(lab.client.host, '--pid', pid)).toMatchObject({
    exitCode: 4,
    stderr: `tcplab: you may not look at the network namespace of process ${pid}, which is another than yours. Run the same command as root, with sudo\n`,
  });
  const { stdout } = await observeAsRoot(lab.client.host, '--pid', pid, '--json');
  const document = JSON.parse(stdout) as ObserveDocument;
  expect(document.states).toMatchObject({ LISTEN: 1, ESTABLISHED: 0 });
  expect(document.unattributed).toEqual({
    timeWait: 0,
    orphans: 1,
    onItsPorts: { timeWait: 0, orphans: 0 },
    shared: 0,
  });
});
