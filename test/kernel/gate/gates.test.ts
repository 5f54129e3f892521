import { expect, test } from 'vitest';
import { type GateChange, Gates } from '../../../lab/gate/gates.ts';
import { GATE_NAMES, GateError, gateNamed } from '../../../lab/gate/kinds.ts';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { pair } from '../support/pair.ts';
import { take } from '../support/transfer.ts';

test('a gate is closed when it is made, lets the next retransmission through when opened, and can be closed again', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const gate = lab.server.gates.drop('data');
  expect(gate.isOpen).toBe(false);
  client.send(Buffer.from('one'));
  await lab.server.waits.saw({ payload: 'some' });
  expect(server.receive()).toBeUndefined();

  gate.open();
  gate.open();
  expect(gate.isOpen).toBe(true);
  expect(await take(server, 3)).toBe(3);

  const dropped = gate.dropped().segments;
  gate.close();
  gate.close();
  expect(gate.isOpen).toBe(false);
  const sinceMs = lab.observation.recorder.milliseconds();
  client.send(Buffer.from('two'));
  await lab.server.waits.saw({ payload: 'some' }, { sinceMs });
  expect(server.receive()).toBeUndefined();
  expect(gate.dropped().segments).toBeGreaterThan(dropped);
});

test('of two gates of one kind on a host both must open', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const [one, two] = [lab.server.gates.drop('data'), lab.server.gates.drop('data')];
  client.send(Buffer.from('x'));
  await lab.server.waits.saw({ payload: 'some' });
  expect([one.dropped().segments > 0, two.dropped().segments]).toEqual([true, 0]);
  one.open();
  await lab.server.waits.saw({ payload: 'some' }, { sinceMs: lab.observation.recorder.milliseconds() });
  expect(two.dropped().segments).toBeGreaterThan(0);
  expect(server.receive()).toBeUndefined();
  two.open();
  expect(await take(server, 1)).toBe(1);
});

test('two gates of different kinds on a host count for themselves', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  const [fin, data] = [lab.server.gates.drop('fin'), lab.server.gates.drop('data')];
  client.send(Buffer.from('x'));
  await lab.server.waits.saw({ payload: 'some' });
  client.close();
  await lab.server.waits.saw({ has: 'F' });
  await lab.server.waits.holds('ESTABLISHED', 20);
  expect(fin.dropped().segments).toBeGreaterThan(0);
  expect(data.dropped().segments).toBeGreaterThan(0);
});

test('a counter counts segments and bytes as IP packets have them', async () => {
  await using lab = pair();
  const gate = lab.server.gates.drop('syn');
  expect(gate.dropped()).toEqual({ segments: 0, bytes: 0 });
  lab.connect();
  const { length } = await lab.server.waits.saw({ flags: 'S' });
  expect(gate.dropped()).toEqual({ segments: 1, bytes: length });
});

test('a gate of one host holds nothing back at the other', async () => {
  await using lab = pair();
  const gate = lab.client.gates.drop('everything');
  lab.listen();
  gate.open();
  await lab.connected({ listener: lab.listen({ port: 81 }) });
  lab.server.gates.drop('syn');
  expect(gate.dropped().segments).toBe(0);
});

test('every change is told with its time and what was dropped until then', async () => {
  await using network = namespaceNetwork({ hosts: ['alone'] });
  const changes: GateChange[] = [];
  using gates = new Gates(network.host('alone'), (change) => changes.push(change));
  const gate = gates.drop('syn');
  gate.open();
  gate.close();
  expect(changes.map(({ host, gate, action, dropped }) => ({ host, gate, action, dropped }))).toEqual(
    ['closed', 'opened', 'closed'].map((action) => ({
      host: 'alone',
      gate: 'syn',
      action,
      dropped: { segments: 0, bytes: 0 },
    })),
  );
  const times = changes.map(({ atNs }) => atNs);
  expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
});

test('every gate there is can be made, opened and closed, all on one host', async () => {
  await using lab = pair();
  for (const gate of GATE_NAMES.map((name) => lab.client.gates.drop(name))) {
    gate.open();
    gate.close();
    expect(gate.dropped()).toEqual({ segments: 0, bytes: 0 });
  }
});

test('gates that were closed with their host’s observation leave no rule in the way of new ones', async () => {
  await using lab = pair();
  lab.server.gates.drop('syn');
  lab.server.gates.close();
  const gate = lab.server.gates.drop('data');
  expect(gate.dropped().segments).toBe(0);
});

test('an unknown gate: the error names the gates there are', () => {
  expect(gateNamed('fin')).toBe('fin');
  expect(() => gateNamed('finn')).toThrow(GateError);
  expect(() => gateNamed('finn')).toThrow(`no gate "finn". The gates are: ${GATE_NAMES.join(', ')}`);
  expect(() => gateNamed('toString')).toThrow(GateError);
});
