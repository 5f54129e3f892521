import { expect, test } from 'vitest';
import { eventsOf, HANDSHAKE, playJson, statesOn, wire } from '../support/play.ts';

/** The programs that the tour does not use do what their first line says. */

test('abort: a reset instead of FIN, unsent bytes thrown away, and no TIME_WAIT on either host', async () => {
  const { document } = await playJson('servers/echo.ts', 'clients/abort.ts', '--for', '1500');
  expect(wire(document).slice(0, 3)).toEqual(HANDSHAKE);
  const segments = eventsOf(document, 'segment');
  expect(
    segments.filter(({ from, segment }) => from === 'client' && segment.flags.includes('R')),
  ).not.toEqual([]);
  expect(segments.filter(({ from, segment }) => from === 'client' && segment.flags.includes('F'))).toEqual(
    [],
  );
  for (const host of ['client', 'server']) expect(statesOn(document, host)).not.toContain('TIME_WAIT');
});

test('never-accept: a connection is established although nobody accepts it, and has no descriptor', async () => {
  const { document } = await playJson('servers/never-accept.ts', 'clients/connect.ts', '--for', '400');
  const listener = eventsOf(document, 'socket').filter(
    ({ host, socket }) => host === 'server' && socket.state === 'LISTEN',
  );
  // For a listener ss shows the queue's length as Recv-Q and its limit as Send-Q.
  expect(listener.at(0)?.socket).toMatchObject({ receiveQueue: 0, sendQueue: 1 });
  expect(listener.some(({ socket }) => socket.receiveQueue === 1)).toBe(true);
  const queued = eventsOf(document, 'socket').find(
    ({ host, socket }) => host === 'server' && socket.state === 'ESTABLISHED',
  );
  expect(queued?.socket.inode).toBe(0);
});

test('without-reuseaddr: echoes like any server', async () => {
  const { document, exitCode } = await playJson(
    'servers/without-reuseaddr.ts',
    'clients/close.ts',
    '--for',
    '2000',
  );
  expect(exitCode).toBe(0);
  expect(wire(document).slice(0, 4)).toEqual([...HANDSHAKE, 'client F.']);
});

test('half-open: 300 SYNs from 300 ports, 300 connections in SYN_RCVD, and not one ACK', async () => {
  const { document } = await playJson(
    ...['servers/echo.ts', 'clients/half-open.ts', '--gate', 'client:own-rst', '--for', '800'],
    ...['--knob', 'server:tcp_syncookies=0'],
  );
  const sent = wire(document).filter((line) => line.startsWith('client'));
  expect([...new Set(sent)]).toEqual(['client S']);
  expect(sent).toHaveLength(300);
  const halfOpen = eventsOf(document, 'socket').filter(({ socket }) => socket.state === 'SYN_RCVD');
  expect(new Set(halfOpen.map(({ socket }) => socket.cookie)).size).toBe(300);
});
