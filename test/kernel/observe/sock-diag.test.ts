import { describe, expect, test } from 'vitest';
import type { ObservedHost } from '../../../lab/observe/observation.ts';
import { addRow, type SocketRecord } from '../../../lab/observe/sock-diag.ts';
import { STATES } from '../../../lab/tcp/states.ts';
import { PORT, pair } from '../support/pair.ts';
import { ofDiag, ofSs, type SsRow } from '../support/ss-row.ts';
import { PROVOKE } from '../support/states.ts';
import { row } from '../support/until.ts';

/** What both witnesses say about a host at one moment: sock_diag must say the same before and after ss was asked. */
async function bothWitnesses(observed: ObservedHost): Promise<{ diag: SsRow[]; ss: SsRow[] }> {
  const byCookie = (a: SsRow, b: SsRow): number => a.cookie.localeCompare(b.cookie);
  const diag = async (): Promise<SsRow[]> =>
    (await observed.witness.look()).sockets.map(ofDiag).toSorted(byCookie);
  for (;;) {
    const before = await diag();
    const { stdout } = await observed.host.exec('ss', ['-H', '-O', '-tanei']);
    if (JSON.stringify(await diag()) !== JSON.stringify(before)) continue;
    const lines = stdout.split('\n').filter((line) => line !== '');
    return { diag: before, ss: lines.map(ofSs).toSorted(byCookie) };
  }
}

describe.each(STATES)('%s', (state) => {
  test('sock_diag and ss agree on every field of every socket, on both hosts', async () => {
    await using lab = pair();
    const side = await PROVOKE[state](lab);
    const seen = (await lab[side].witness.look()).sockets.map((socket) => socket.state);
    if (state === 'CLOSED') expect(seen).toEqual([]);
    else expect(seen).toContain(state);
    for (const observed of [lab.client, lab.server]) {
      const { diag, ss } = await bothWitnesses(observed);
      expect(diag).toEqual(ss);
    }
  });
});

test('sock_diag and ss agree over IPv6', async () => {
  await using lab = pair({ ipv6: true });
  await lab.connected({ ip: 6 });
  const { diag, ss } = await bothWitnesses(lab.server);
  expect(diag.map(({ local }) => local)).toContain('[2001:db8::2]:8080');
  expect(diag).toEqual(ss);
});

test('a listener shows what waits for accept and the limit, a connection its unread and unacknowledged bytes', async () => {
  await using lab = pair();
  lab.listen({ backlog: 7 });
  const client = lab.connect();
  await lab.server.waits.reaches('ESTABLISHED');
  expect(row(lab.server, { localPort: PORT, remotePort: 0 })).toMatchObject({
    receiveQueue: 1,
    sendQueue: 7,
  });
  client.send(Buffer.alloc(100));
  await lab.server.waits.saw({ payload: 'some' });
  expect(row(lab.server, { remotePort: client.localEndpoint().port }).receiveQueue).toBe(100);
});

test('the cookie stays the same from SYN_RCVD to ESTABLISHED, and an inode comes with accept', async () => {
  await using lab = pair();
  const listener = lab.listen();
  const gate = await lab.server.gates.drop('ack-of-syn-ack');
  lab.connect();
  const half = await lab.server.waits.reaches('SYN_RCVD');
  await gate.open();
  const whole = await lab.server.waits.reaches('ESTABLISHED');
  expect(whole?.cookie).toBe(half?.cookie);
  expect([half?.inode, whole?.inode]).toEqual([0, 0]);
  lab.keep(listener.accept() ?? lab.open('server'));
  expect(row(lab.server, { cookie: half?.cookie ?? '' }).inode).not.toBe(0);
});

test.each(['shutdown', 'close'] as const)(
  'the cookie stays the same from FIN_WAIT_2 to TIME_WAIT after %s',
  async (how) => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    if (how === 'close') client.close();
    else client.shutdown('write');
    const before = await lab.client.waits.reaches('FIN_WAIT_2');
    server.close();
    const after = await lab.client.waits.reaches('TIME_WAIT');
    expect(after?.cookie).toBe(before?.cookie);
    expect(after).toMatchObject({ inode: 0, timer: 'time-wait' });
    expect(after?.timerMs).toBeGreaterThan(50_000);
  },
);

test('a thousand sockets are all in one dump', async () => {
  await using lab = pair();
  const listener = lab.listen({ backlog: 2_000 });
  for (let n = 0; n < 1_000; n++) lab.connect();
  await lab.server.waits.reaches('LISTEN');
  const { sockets } = await lab.client.witness.look();
  expect(sockets).toHaveLength(1_000);
  expect(new Set(sockets.map(({ cookie }) => cookie)).size).toBe(1_000);
  expect(listener.accept()).toBeDefined();
});

/** A `struct inet_diag_msg`, of which only the state and the cookie matter here. */
function message(state: number, cookie: number): Buffer {
  const bytes = Buffer.alloc(72);
  bytes[0] = 2;
  bytes[1] = state;
  bytes.writeUInt32LE(cookie, 44);
  return bytes;
}

describe('a socket that left the table while it was read', () => {
  const [TIME_WAIT, CLOSED, CLOSING] = [6, 7, 11];
  const before = new Map<number, SocketRecord>();
  addRow(before, message(CLOSING, 1), new Map());

  test.each([
    ['is what it was before', before, [message(CLOSED, 1)], ['CLOSING']],
    [
      'is in TIME_WAIT, when that is told, too',
      before,
      [message(CLOSED, 1), message(TIME_WAIT, 1)],
      ['TIME_WAIT'],
    ],
    [
      'is in TIME_WAIT, in whatever order it is told',
      before,
      [message(TIME_WAIT, 1), message(CLOSED, 1)],
      ['TIME_WAIT'],
    ],
    ['was never there, when nobody has seen it before', new Map(), [message(CLOSED, 1)], []],
  ])('%s', (_, known, rows, states) => {
    const table = new Map<number, SocketRecord>();
    for (const each of rows) addRow(table, each, known);
    expect([...table.values()].map(({ state }) => state)).toEqual(states);
  });
});
