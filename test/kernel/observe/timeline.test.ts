import { expect, test } from 'vitest';
import type { SegmentEvent, SocketEvent, TimelineEvent } from '../../../lab/observe/timeline.ts';
import { matchesSegment } from '../../../lab/tcp/pattern.ts';
import { type Pair, PORT, pair } from '../support/pair.ts';
import { program } from '../support/programs.ts';
import { give, take } from '../support/transfer.ts';

function segment(lab: Pair, to: string, flags: string): SegmentEvent {
  const found = lab.observation.recorder.events.find(
    (event) => event.kind === 'segment' && event.to === to && matchesSegment({ flags }, event.segment),
  );
  return found as SegmentEvent;
}

function entered(lab: Pair, host: string, state: string): SocketEvent {
  const found = lab.observation.recorder.events.find(
    (event) => event.kind === 'socket' && event.host === host && event.socket.state === state,
  );
  return found as SocketEvent;
}

test('the timeline is in the order of time, whatever reported first', async () => {
  await using lab = pair();
  const gate = await lab.server.gates.drop('syn');
  const listener = lab.listen();
  const connecting = lab.connected({ listener });
  lab.observation.step('half-way');
  await gate.open();
  const { client, server } = await connecting;
  await Promise.all([give(client, Buffer.alloc(300_000)), take(server, 300_000)]);
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
  await lab.observation.look();
  const { events } = lab.observation.timeline();
  const times = events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['gate', 'step', 'segment', 'socket']));
});

test('a segment comes before the state that it causes', async () => {
  for (let n = 0; n < 20; n++) {
    await using lab = pair();
    const { client, server } = await lab.connected();
    client.shutdown('write');
    await Promise.all([
      lab.client.waits.reaches('FIN_WAIT_2'),
      lab.server.waits.reaches('CLOSE_WAIT', { localPort: PORT }),
    ]);
    server.close();
    await lab.client.waits.reaches('TIME_WAIT');
    await lab.observation.look();
    const pairs: [SegmentEvent, SocketEvent][] = [
      [segment(lab, 'client', 'S.'), entered(lab, 'client', 'ESTABLISHED')],
      [segment(lab, 'server', '.'), entered(lab, 'server', 'ESTABLISHED')],
      [segment(lab, 'server', 'F.'), entered(lab, 'server', 'CLOSE_WAIT')],
      [segment(lab, 'client', 'F.'), entered(lab, 'client', 'TIME_WAIT')],
    ];
    for (const [cause, effect] of pairs) expect(cause.atMs).toBeLessThan(effect.atMs);
  }
});

test('an answer comes after what it answers, although they arrive at different hosts', async () => {
  for (let n = 0; n < 20; n++) {
    await using lab = pair();
    await lab.connected();
    await lab.observation.look();
    const times = [
      segment(lab, 'server', 'S').atMs,
      segment(lab, 'client', 'S.').atMs,
      segment(lab, 'server', '.').atMs,
    ];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});

test('sockets appear, change and go, each with the state before', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected({ from: 5_000 });
  server.linger(0);
  server.close();
  await lab.client.waits.reaches('CLOSED', { localPort: 5_000 });
  await lab.observation.look();
  const story = lab.observation.recorder.events
    .filter((event): event is SocketEvent => event.kind === 'socket' && event.host === 'client')
    .map(({ change, was, socket }) => [change, was, socket.state]);
  expect(story.at(0)?.[0]).toBe('appeared');
  expect(story.at(-1)).toEqual(['gone', 'ESTABLISHED', 'ESTABLISHED']);
  expect(() => client.receive()).toThrow('ECONNRESET');
});

test('gates, steps, ss lines, programs and what they print are in it', async () => {
  await using lab = pair();
  const { address } = lab.server.host;
  await (await lab.server.gates.drop('rst')).open();
  lab.observation.step('start the server', 'server');
  const running = await lab.server.run(program('servers/listen.ts'), [address, String(PORT)]);
  const socket = await lab.server.waits.reaches('LISTEN', { programs: [running] });
  if (socket !== undefined) await lab.server.ss(socket);
  const gone = lab.server.waits.reaches('CLOSED');
  running.signal();
  await gone;
  await running.exited;
  const { events } = lab.observation.timeline();
  const what = (event: TimelineEvent): string => {
    if (event.kind === 'gate') return `gate ${event.gate} ${event.action}`;
    if (event.kind === 'program') return `program ${event.program} ${event.action} ${event.how ?? ''}`.trim();
    return event.kind === 'socket' ? `socket ${event.change}` : event.kind;
  };
  const story = events.filter(({ kind }) => kind !== 'output').map(what);
  expect(story.slice(0, 6)).toEqual([
    'gate rst closed',
    'gate rst opened',
    'step',
    'program listen.ts started',
    'socket appeared',
    'ss',
  ]);
  expect(story.slice(6).toSorted()).toEqual(['program listen.ts ended SIGTERM', 'socket gone']);
});

test('the header says when, which kernel and which hosts', async () => {
  await using lab = pair({ ipv6: true });
  const { header } = lab.observation.timeline();
  expect(Math.abs(Date.parse(header.startedAt) - Date.now())).toBeLessThan(5_000);
  expect(header).toMatchObject({
    schema: 'tcplab/timeline/1',
    hosts: [
      { name: 'client', addresses: ['198.18.0.1', '2001:db8::1'] },
      { name: 'server', addresses: ['198.18.0.2', '2001:db8::2'] },
    ],
    knobs: { tcp_tw_reuse: '0' },
  });
});

test('what the tap has kept is no loss', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  await Promise.all([give(client, Buffer.alloc(1 << 20)), take(server, 1 << 20)]);
  await lab.observation.close();
  await lab.observation.close();
  expect(lab.observation.recorder.events.filter(({ kind }) => kind === 'loss')).toEqual([]);
});

test('an observation knows its hosts by name', async () => {
  await using lab = pair();
  expect(() => lab.observation.of('sever')).toThrow('no host "sever"; the hosts are: client, server');
});

test('what a host sends to itself is seen as such, and its checksums, which the kernel leaves out there, are not called wrong', async () => {
  await using lab = pair();
  lab.listen();
  const own = lab.open('server');
  own.connect(lab.endpoint('server'));
  await lab.server.waits.reaches('ESTABLISHED', { localPort: PORT });
  await lab.observation.look();
  const { events } = lab.observation.timeline();
  const segments = events.filter((event) => event.kind === 'segment');
  expect(segments.length).toBeGreaterThanOrEqual(3);
  for (const { from, to, loopback, checksumOk } of segments)
    expect({ from, to, loopback, checksumOk }).toEqual({
      ...{ from: 'server', to: 'server', loopback: true, checksumOk: true },
    });
});
