import { expect, test } from 'vitest';
import { pair } from '../support/pair.ts';
import { until } from '../support/until.ts';

test('TCP_INFO knows the state, the MSS, a round-trip time and the retransmission timeout', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  const info = client.tcpInfo();
  expect(info).toMatchObject({
    state: 'ESTABLISHED',
    sendMss: 1_448,
    retransmits: 0,
    sendCongestionWindow: 10,
  });
  expect(info.rttUs).toBeGreaterThan(0);
  expect(info.rttUs).toBeLessThan(1_000_000);
  expect(info.rtoUs).toBeGreaterThanOrEqual(200_000);
});

test('TCP_INFO counts what is not acknowledged and how often it was sent again', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  await lab.server.gates.drop('data');
  client.send(Buffer.from('x'));
  await until(lab.client, 'two timeouts', (sockets) => sockets.some(({ retransmits }) => retransmits >= 2));
  const info = client.tcpInfo();
  expect(info).toMatchObject({ unacked: 1, sendCongestionWindow: 1 });
  expect(info.retransmits).toBeGreaterThanOrEqual(2);
  expect(info.totalRetransmits).toBeGreaterThanOrEqual(info.retransmits);
  expect(info.backoff).toBeGreaterThan(0);
});

test('the descriptor of a socket in TIME_WAIT says CLOSED: the kernel keeps the state elsewhere', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  client.shutdown('write');
  await lab.server.waits.reaches('CLOSE_WAIT');
  server.close();
  await lab.client.waits.reaches('TIME_WAIT');
  expect(client.tcpInfo().state).toBe('CLOSED');
});

test('a listening socket is in LISTEN', async () => {
  await using lab = pair();
  expect(lab.listen().tcpInfo().state).toBe('LISTEN');
});
