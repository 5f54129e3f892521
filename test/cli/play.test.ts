import { expect, test } from 'vitest';
import { eventsOf, HANDSHAKE, play, playJson, statesOn, wire } from '../support/play.ts';

test('an ordinary pair: handshake, close from both ends, and TIME_WAIT where the close began', async () => {
  const { document, exitCode } = await playJson('servers/echo.ts', 'clients/close.ts');
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({ schema: 'tcplab/play/1', backend: 'namespaces', hints: [] });
  expect(wire(document).slice(0, 4)).toEqual([...HANDSHAKE, 'client F.']);
  expect(wire(document).filter((line) => line === 'server F.')).toHaveLength(1);
  expect(statesOn(document, 'client').at(-1)).toBe('TIME_WAIT');
  // Its part may have lasted so short that no look saw it.
  expect(statesOn(document, 'server').at(-1) ?? 'CLOSED').toBe('CLOSED');
  expect(document.ending.reason).toBe('idle');
  expect(document.programs).toEqual([
    { host: 'server', file: 'servers/echo.ts', exit: { code: null, signal: 'SIGTERM' }, stopped: true },
    { host: 'client', file: 'clients/close.ts', exit: { code: 0, signal: null }, stopped: false },
  ]);
});

test('the client starts only when the kernel shows the server in LISTEN', async () => {
  const { document } = await playJson('servers/echo.ts', 'clients/close.ts', '--port', '9999');
  const listening = eventsOf(document, 'socket').find(({ socket }) => socket.state === 'LISTEN');
  const started = eventsOf(document, 'program').find(({ host }) => host === 'client');
  expect(listening?.socket.local.port).toBe(9999);
  expect(started?.atMs).toBeGreaterThan(listening?.atMs ?? Number.POSITIVE_INFINITY);
  expect(eventsOf(document, 'segment')[0]?.segment.destination).toEqual(['198.18.0.2', 9999]);
});

test('over IPv6', async () => {
  const { document, exitCode } = await playJson('servers/echo.ts', 'clients/close.ts', '--ipv6');
  expect(exitCode).toBe(0);
  expect(wire(document).slice(0, 3)).toEqual(HANDSHAKE);
  expect(eventsOf(document, 'segment')[0]?.segment.destination).toEqual(['2001:db8::2', 8080]);
});

test('without a server the kernel answers a SYN with RST', async () => {
  const { document, exitCode } = await playJson('-', 'clients/connect.ts');
  expect(exitCode).toBe(0);
  expect(wire(document)).toEqual(['client S', 'server R.']);
  expect(document.ending.reason).toBe('quiet');
});

test('without a client the server listens until the time is over', async () => {
  const { document, exitCode } = await playJson('servers/listen.ts', '-', '--for', '200');
  expect(exitCode).toBe(0);
  expect(wire(document)).toEqual([]);
  expect(document.ending.reason).toBe('time');
  const changes = eventsOf(document, 'socket').map(({ change, socket }) => `${change} ${socket.state}`);
  expect([changes[0], changes.at(-1)]).toEqual(['appeared LISTEN', 'gone LISTEN']);
});

test('a timed gate holds the client in FIN_WAIT_1, and no longer', async () => {
  const { document, exitCode } = await playJson(
    ...['servers/never-close.ts', 'clients/close.ts', '--gate', 'server:fin@800', '--for', '3000'],
  );
  expect(exitCode).toBe(0);
  const [closed, opened] = eventsOf(document, 'gate');
  const client = eventsOf(document, 'program').find(({ host }) => host === 'client');
  expect(closed).toMatchObject({ host: 'server', gate: 'fin', action: 'closed', dropped: 0 });
  expect(opened).toMatchObject({ host: 'server', gate: 'fin', action: 'opened' });
  const waitedMs = (opened?.atMs ?? 0) - (client?.atMs ?? 0);
  expect(waitedMs).toBeGreaterThanOrEqual(799);
  expect(waitedMs).toBeLessThan(1_500);

  const fins = eventsOf(document, 'segment').filter(
    ({ from, segment }) => `${from} ${segment.flags}` === 'client F.',
  );
  const dropped = fins.filter(({ atMs }) => atMs < (opened?.atMs ?? 0));
  expect(dropped.length).toBeGreaterThanOrEqual(2);
  expect(opened?.dropped).toBe(dropped.length);
  expect(fins.length).toBe(dropped.length + 1);
  const closing = eventsOf(document, 'socket').find(({ socket }) => socket.state === 'CLOSE_WAIT');
  expect(closing?.atMs).toBeGreaterThan(opened?.atMs ?? Number.POSITIVE_INFINITY);
  const left = eventsOf(document, 'socket').find(({ was }) => was === 'FIN_WAIT_1');
  expect(left?.atMs).toBeGreaterThan(opened?.atMs ?? Number.POSITIVE_INFINITY);
  expect(left?.socket.state).toBe('FIN_WAIT_2');
});

test('a gate without a time stays closed', async () => {
  const { document } = await playJson(
    ...['servers/echo.ts', 'clients/connect.ts', '--gate', 'client:syn-ack', '--for', '1500'],
  );
  expect(statesOn(document, 'client')[0]).toBe('SYN_SENT');
  expect(statesOn(document, 'client')).not.toContain('ESTABLISHED');
  expect(document.gates).toMatchObject([{ host: 'client', gate: 'syn-ack', open: false }]);
  expect(document.gates[0]?.dropped).toBeGreaterThanOrEqual(1);
});

test('a knob acts on the host it was given for', async () => {
  const { document } = await playJson(
    ...['servers/echo.ts', 'clients/close.ts', '--knob', 'client:tcp_window_scaling=0'],
    ...['--knob', 'tcp_timestamps=0', '--knob', 'server:ip_default_ttl=9'],
  );
  const [syn, synAck] = eventsOf(document, 'segment');
  expect(syn?.segment.options).toBe('mss 1460,sackOK');
  expect(synAck?.segment.options).toBe('mss 1460,sackOK');
  const ttl = (packet: string | undefined): number | undefined => Buffer.from(packet ?? '', 'base64')[8];
  expect([ttl(syn?.packet), ttl(synAck?.packet)]).toEqual([64, 9]);
  expect(document.header.knobs.tcp_timestamps).toBe('0');
  expect(document.header.hosts.map(({ knobs }) => knobs)).toEqual([
    { tcp_window_scaling: '0' },
    { ip_default_ttl: '9' },
  ]);
});

test('what a program prints is in the timeline while it happens, and decides nothing', async () => {
  const { stdout } = await play('servers/echo.ts', 'test/programs/talks.ts');
  expect(stdout).toMatch(/^ +\d+\.\d {9}> connected red$/m);
  expect(stdout).toMatch(/^ +\d+\.\d {9}! on stderr$/m);
  expect(stdout).toMatch(/^ +\d+\.\d {9}> no line end$/m);
  expect(stdout).toMatch(/P\. seq 1:6 ack 1 len 5/);
  expect(stdout).not.toContain('\u001b');
});

test('the live timeline is in the order of time, with arrows and states', async () => {
  const { stdout, exitCode } = await play('servers/echo.ts', 'clients/close.ts');
  expect(exitCode).toBe(0);
  const times = [...stdout.matchAll(/^ +(\d+\.\d) /gm)].map(([, time]) => Number(time));
  expect(times.length).toBeGreaterThan(12);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(stdout).toMatch(/── S seq 0 win 64240 <mss 1460,sackOK,TS,wscale \d+> ─+▶/);
  expect(stdout).toMatch(/◀─+ S\. seq 0 ack 1 win 65160 /);
  expect(stdout).toMatch(/LISTEN → CLOSED/);
});

const WITHOUT_GATE = ['servers/echo.ts', 'clients/withhold-ack.ts', '--for', '1500'];

test('a handshake made by hand that the own kernel resets earns the hint', async () => {
  const { document } = await playJson(...WITHOUT_GATE);
  expect(wire(document).slice(0, 3)).toEqual(['client S', 'server S.', 'client R']);
  expect(document.hints).toEqual([expect.stringContaining('add --gate client:own-rst')]);
});

test('with the gate own-rst the server stays in SYN_RCVD, and there is no hint', async () => {
  const { document } = await playJson(...WITHOUT_GATE, '--gate', 'client:own-rst');
  expect(wire(document).slice(0, 2)).toEqual(['client S', 'server S.']);
  expect(statesOn(document, 'server')[0]).toBe('SYN_RCVD');
  expect(document.hints).toEqual([]);
});

test('a raw server counts as ready, and its kernel resets too', async () => {
  const { document } = await playJson('servers/withhold-syn-ack.ts', 'clients/connect.ts', '--for', '1500');
  expect(wire(document).slice(0, 2)).toEqual(['client S', 'server R.']);
  expect(document.hints).toEqual([expect.stringContaining('add --gate server:own-rst')]);
});

test('an ordinary refusal earns no hint', async () => {
  const { document } = await playJson('-', 'clients/connect.ts');
  expect(document.hints).toEqual([]);
});
