import { describe, expect, test } from 'vitest';
import { RawPeer } from '../../../lab/raw/peer.ts';
import { seqAdd } from '../../../lab/tcp/sequence.ts';
import { collectGarbage } from '../support/garbage.ts';
import { PORT, pair } from '../support/pair.ts';
import { rawClient } from '../support/raw.ts';
import { arrived } from '../support/segments.ts';
import { take } from '../support/transfer.ts';
import { row, until } from '../support/until.ts';

describe.each([4, 6] as const)('over IPv%i', (ip) => {
  test('a handshake by hand comes to ESTABLISHED', async () => {
    await using lab = pair({ ipv6: true });
    const listener = lab.listen({ ip });
    const peer = await rawClient(lab, ip);
    await peer.open();
    await lab.server.waits.reaches('ESTABLISHED', { remotePort: peer.local.port });
    expect(listener.accept()?.localEndpoint()).toEqual(lab.endpoint('server', PORT, ip));
  });

  test('while the ACK is withheld the server is in SYN_RCVD', async () => {
    await using lab = pair({ ipv6: true });
    lab.listen({ ip });
    const peer = await rawClient(lab, ip);
    await peer.send('S');
    await peer.receive('S.');
    await lab.server.waits.holds('SYN_RCVD', 60);
    await peer.send('.');
    await lab.server.waits.reaches('ESTABLISHED');
  });

  test('a FIN by hand comes to CLOSE_WAIT, and the server’s own FIN arrives', async () => {
    await using lab = pair({ ipv6: true });
    const listener = lab.listen({ ip });
    const peer = await rawClient(lab, ip);
    await peer.open();
    await lab.server.waits.reaches('ESTABLISHED');
    const server = lab.keep(listener.accept() ?? lab.open('server'));
    await peer.send('F.');
    await lab.server.waits.reaches('CLOSE_WAIT');
    server.close();
    await peer.receive('F.');
    await lab.server.waits.holds('LAST_ACK', 30);
    await peer.send('.');
    await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
  });

  test('data go both ways with good checksums', async () => {
    await using lab = pair({ ipv6: true });
    const listener = lab.listen({ ip });
    const peer = await rawClient(lab, ip);
    await peer.open();
    await lab.server.waits.reaches('ESTABLISHED');
    const server = lab.keep(listener.accept() ?? lab.open('server'));
    await peer.send('P.', { payload: 'odd' });
    expect(await take(server, 3)).toBe(3);
    server.send(Buffer.from('answer'));
    const { payload } = await peer.receive({ payload: 'some' });
    expect(Buffer.from(payload).toString()).toBe('answer');
    await lab.observation.look();
    const wrong = lab.observation.recorder.events.filter(
      (event) => event.kind === 'segment' && !event.checksumOk,
    );
    expect(wrong).toEqual([]);
  });
});

test('a wrong acknowledgement in SYN_RCVD earns RST with that number', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  await peer.send('S');
  const { seq } = await peer.receive('S.');
  await peer.send('.', { ack: seqAdd(seq, 1_000) });
  const reset = await peer.receive('R');
  expect(reset.seq).toBe(seqAdd(seq, 1_000));
  await lab.server.waits.holds('SYN_RCVD', 30);
});

test('a SYN in ESTABLISHED earns a challenge ACK, and the connection stays', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  await peer.open();
  await lab.server.waits.reaches('ESTABLISHED');
  const { sendNext, receiveNext } = peer;
  await peer.send('S', { seq: seqAdd(sendNext, 50) });
  const challenge = await peer.receive('.');
  expect({ seq: challenge.seq, ack: challenge.ack }).toEqual({ seq: receiveNext, ack: sendNext });
  await lab.server.waits.holds('ESTABLISHED', 30, { remotePort: peer.local.port });
});

test('an RST at the right number aborts, one beside it earns a challenge ACK', async () => {
  await using lab = pair();
  const listener = lab.listen();
  const peer = await rawClient(lab);
  await peer.open();
  await lab.server.waits.reaches('ESTABLISHED');
  const server = lab.keep(listener.accept() ?? lab.open('server'));
  await peer.send('R', { seq: seqAdd(peer.sendNext, 10) });
  await peer.receive('.');
  await lab.server.waits.holds('ESTABLISHED', 30, { remotePort: peer.local.port });
  await peer.send('R');
  await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
  expect(() => server.receive()).toThrow('ECONNRESET');
});

test('SYN, data and FIN move SND.NXT on; a segment with a number of its own does not', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  const first = peer.sendNext;
  await peer.open();
  expect(peer.sendNext).toBe(seqAdd(first, 1));
  await peer.send('P.', { payload: 'four' });
  expect(peer.sendNext).toBe(seqAdd(first, 5));
  await peer.send('P.', { payload: 'four', seq: seqAdd(first, 1) });
  await peer.send('.');
  expect(peer.sendNext).toBe(seqAdd(first, 5));
  await peer.send('F.');
  expect(peer.sendNext).toBe(seqAdd(first, 6));
});

test('what arrives in order moves RCV.NXT on, once: a SYN-ACK or data that is sent again does not', async () => {
  await using lab = pair();
  const listener = lab.listen();
  const peer = await rawClient(lab);
  await peer.send('S');
  const { seq } = await peer.receive('S.');
  expect(peer.receiveNext).toBe(seqAdd(seq, 1));
  await peer.send('.');
  await lab.server.waits.reaches('ESTABLISHED');
  const server = lab.keep(listener.accept() ?? lab.open('server'));
  server.send(Buffer.from('123'));
  await peer.receive({ payload: 'some' });
  expect(peer.receiveNext).toBe(seqAdd(seq, 4));
  await peer.receive({ payload: 'some' });
  expect(peer.receiveNext).toBe(seqAdd(seq, 4));
  server.close();
  await peer.receive('F?P?.');
  await until(lab.server, 'its FIN sent', (sockets) => sockets.some(({ state }) => state === 'FIN_WAIT_1'));
});

test('a SYN-ACK that is sent again after data does not move RCV.NXT back', async () => {
  await using lab = pair();
  const listener = lab.listen();
  const gate = await lab.server.gates.drop('ack-of-syn-ack');
  const peer = await rawClient(lab);
  await peer.open();
  const { receiveNext } = peer;
  await peer.receive('S.');
  expect(peer.receiveNext).toBe(receiveNext);
  await gate.open();
  await peer.send('.');
  await lab.server.waits.reaches('ESTABLISHED');
  lab.keep(listener.accept() ?? lab.open('server')).send(Buffer.from('123'));
  await peer.receive({ payload: 'some' });
  expect(peer.receiveNext).toBe(seqAdd(receiveNext, 3));
});

test('a reset instead of what is waited for is an error in words', async () => {
  await using lab = pair();
  const peer = await rawClient(lab);
  await peer.send('S');
  await expect(peer.receive('S.')).rejects.toThrow(
    '198.18.0.2:8080 answered R. (a reset) instead of a SYN-ACK',
  );
});

test('a reset that is waited for is no error', async () => {
  await using lab = pair();
  const peer = await rawClient(lab);
  await peer.send('S');
  expect((await peer.receive('R.')).ack).toBe(peer.sendNext);
});

test('a peer that waits takes the first segment’s sender for its other end and hears nobody else', async () => {
  await using lab = pair();
  await lab.server.gates.drop('own-rst');
  const peer = lab.keep(lab.server.host.enter(() => RawPeer.at(lab.server.host.address, PORT)));
  lab.connect({ from: 5_001 });
  await peer.receive('S');
  expect(peer.remote).toEqual({ address: '198.18.0.1', port: 5_001 });
  lab.connect({ from: 5_002 });
  await lab.server.waits.saw({ flags: 'S', source: { port: 5_002 } });
  await peer.send('S.');
  await lab.client.waits.reaches('ESTABLISHED', { localPort: 5_001 });
  await lab.client.waits.holds('SYN_SENT', 30, { localPort: 5_002 });
});

test('an IPv6 address may be written in any way', async () => {
  await using lab = pair({ ipv6: true });
  lab.listen({ ip: 6 });
  await lab.client.gates.drop('own-rst');
  const local = { address: '2001:0db8:0:0::0001', port: 7_000 };
  const remote = { address: '2001:DB8::0:2', port: PORT };
  const peer = lab.keep(lab.client.host.enter(() => RawPeer.between(local, remote)));
  await peer.open();
  await lab.server.waits.reaches('ESTABLISHED');
});

test('a window, an acknowledgement, options and a number of one’s own are sent as they are given', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  await peer.send('S', { seq: 7, window: 99, options: [{ kind: 'mss', mss: 400 }] });
  const { segment } = await lab.server.waits.saw({ flags: 'S' });
  expect(segment).toMatchObject({ seq: 7, window: 99, options: [{ kind: 'mss', mss: 400 }] });
});

test('after it was closed a peer refuses to send, and nothing is sent', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  peer.close();
  await expect(peer.send('S')).rejects.toThrow('this raw socket is closed');
  expect(arrived(lab, lab.server)).toEqual([]);
  peer.close();
});

test('whoever waits on a peer that is closed is told', async () => {
  await using lab = pair();
  const peer = await rawClient(lab);
  const waiting = peer.receive('S.');
  peer.close();
  await expect(waiting).rejects.toThrow('this raw socket is closed');
});

test('a peer that somebody only waits on is not collected as garbage', async () => {
  await using lab = pair();
  await lab.server.gates.drop('own-rst');
  const listen = async (): Promise<number> => {
    const peer = lab.server.host.enter(() => RawPeer.at(lab.server.host.address, PORT));
    const { seq } = await peer.receive('S');
    peer.close();
    return seq;
  };
  const heard = listen();
  await collectGarbage();
  lab.connect();
  const { segment } = await lab.server.waits.saw({ flags: 'S' });
  expect(await heard).toBe(segment.seq);
});

test('two waits at once each get a segment', async () => {
  await using lab = pair();
  lab.listen();
  const peer = await rawClient(lab);
  const waiting = Promise.all([peer.receive('S.'), peer.receive('S.')]);
  await peer.send('S');
  const [one, two] = await waiting;
  expect(two.seq).toBe(one.seq);
  expect(row(lab.server, { remotePort: peer.local.port }).state).toBe('SYN_RCVD');
});
