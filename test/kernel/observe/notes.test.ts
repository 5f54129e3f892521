import { expect, test } from 'vitest';
import type { SocketEvent } from '../../../lab/observe/timeline.ts';
import { PORT, pair } from '../support/pair.ts';

test('counters of a host are read into the timeline, by their names', async () => {
  await using lab = pair();
  lab.connect();
  await lab.server.waits.saw({ flags: 'S' });
  await lab.server.counters(['OutRsts', 'ListenOverflows']);
  const counters = lab.observation.recorder.events.filter((event) => event.kind === 'counter');
  expect(counters.map(({ host, name, value }) => [host, name, value])).toEqual([
    ['server', 'OutRsts', 1],
    ['server', 'ListenOverflows', 0],
  ]);
  await expect(lab.server.counters(['NoSuchThing'])).rejects.toThrow(
    'this kernel has no counter NoSuchThing',
  );
});

test('every line of ss is noted, and an empty table as an empty line', async () => {
  await using lab = pair();
  expect(await lab.server.ssTable()).toEqual([]);
  lab.listen();
  const lines = await lab.server.ssTable();
  expect(lines).toHaveLength(1);
  const noted = lab.observation.recorder.events.filter((event) => event.kind === 'ss');
  expect(noted.map(({ text }) => text)).toEqual(['', lines[0]]);
});

test('a sample notes rows as they are, timers included, though nothing has changed', async () => {
  await using lab = pair();
  lab.listen();
  await lab.server.gates.drop('syn');
  lab.connect();
  await lab.client.waits.holds('SYN_SENT', 60, { remotePort: PORT });
  await lab.client.witness.sample();
  const rows = lab.observation.recorder.events.filter(
    (event): event is SocketEvent => event.kind === 'socket' && event.host === 'client',
  );
  expect(rows.map(({ change }) => change)).toEqual(['appeared', 'changed']);
  expect(rows[1]?.socket.timerMs).toBeLessThan(rows[0]?.socket.timerMs ?? 0);
});

test('what changed says when it was last seen as it was', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  await lab.client.waits.holds('ESTABLISHED', 30, { remotePort: PORT });
  client.linger(0);
  client.close();
  await lab.client.waits.reaches('CLOSED', { remotePort: PORT });
  const gone = lab.observation.recorder.events.find(
    (event): event is SocketEvent =>
      event.kind === 'socket' && event.host === 'client' && event.change === 'gone',
  );
  expect(gone?.seenMs).toBeGreaterThan(0);
  expect(gone?.seenMs).toBeLessThan(gone?.atMs ?? 0);
});
