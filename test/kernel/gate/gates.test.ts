import { expect, test } from 'vitest';
import { type GateChange, Gates } from '../../../lab/gate/gates.ts';
import { GATE_NAMES, GateError, gateNamed } from '../../../lab/gate/kinds.ts';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { LocalRules } from '../../../lab/observe/local-rules.ts';
import { Observation } from '../../../lab/observe/observation.ts';
import { pair } from '../support/pair.ts';
import { take } from '../support/transfer.ts';

test('a gate is closed when it is made, lets the next retransmission through when opened, and can be closed again', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const gate = await lab.server.gates.drop('data');
  expect(gate.isOpen).toBe(false);
  client.send(Buffer.from('one'));
  await lab.server.waits.saw({ payload: 'some' });
  expect(server.receive()).toBeUndefined();

  await gate.open();
  await gate.open();
  expect(gate.isOpen).toBe(true);
  expect(await take(server, 3)).toBe(3);

  const dropped = (await gate.dropped()).segments;
  await gate.close();
  await gate.close();
  expect(gate.isOpen).toBe(false);
  const sinceMs = lab.observation.recorder.milliseconds();
  client.send(Buffer.from('two'));
  await lab.server.waits.saw({ payload: 'some' }, { sinceMs });
  expect(server.receive()).toBeUndefined();
  expect((await gate.dropped()).segments).toBeGreaterThan(dropped);
});

test('of two gates of one kind on a host both must open', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const [one, two] = [await lab.server.gates.drop('data'), await lab.server.gates.drop('data')];
  client.send(Buffer.from('x'));
  await lab.server.waits.saw({ payload: 'some' });
  expect([(await one.dropped()).segments > 0, (await two.dropped()).segments]).toEqual([true, 0]);
  await one.open();
  await lab.server.waits.saw({ payload: 'some' }, { sinceMs: lab.observation.recorder.milliseconds() });
  expect((await two.dropped()).segments).toBeGreaterThan(0);
  expect(server.receive()).toBeUndefined();
  await two.open();
  expect(await take(server, 1)).toBe(1);
});

test('two gates of different kinds on a host count for themselves', async () => {
  await using lab = pair();
  const { client } = await lab.connected();
  const [fin, data] = [await lab.server.gates.drop('fin'), await lab.server.gates.drop('data')];
  client.send(Buffer.from('x'));
  await lab.server.waits.saw({ payload: 'some' });
  client.close();
  await lab.server.waits.saw({ has: 'F' });
  await lab.server.waits.holds('ESTABLISHED', 20);
  expect((await fin.dropped()).segments).toBeGreaterThan(0);
  expect((await data.dropped()).segments).toBeGreaterThan(0);
});

test('a counter counts segments and bytes as IP packets have them', async () => {
  await using lab = pair();
  const gate = await lab.server.gates.drop('syn');
  expect(await gate.dropped()).toEqual({ segments: 0, bytes: 0 });
  lab.connect();
  const { length } = await lab.server.waits.saw({ flags: 'S' });
  expect(await gate.dropped()).toEqual({ segments: 1, bytes: length });
});

test('a gate of one host holds nothing back at the other', async () => {
  await using lab = pair();
  const gate = await lab.client.gates.drop('everything');
  lab.listen();
  await gate.open();
  await lab.connected({ listener: lab.listen({ port: 81 }) });
  await lab.server.gates.drop('syn');
  expect((await gate.dropped()).segments).toBe(0);
});

test('every change is told with its time and what was dropped until then', async () => {
  await using network = namespaceNetwork({ hosts: ['alone'] });
  const changes: GateChange[] = [];
  const host = network.host('alone');
  using rules = new LocalRules(host);
  const gates = new Gates(host.name, rules, (change) => changes.push(change));
  const gate = await gates.drop('syn');
  await gate.open();
  await gate.close();
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
  for (const gate of await Promise.all(GATE_NAMES.map((name) => lab.client.gates.drop(name)))) {
    await gate.open();
    await gate.close();
    expect(await gate.dropped()).toEqual({ segments: 0, bytes: 0 });
  }
});

test('gates that were closed with their host’s observation leave no rule in the way of new ones', async () => {
  await using network = namespaceNetwork({ hosts: ['alone'] });
  const first = new Observation(network.hosts.values());
  await first.of('alone').gates.drop('syn');
  await first.close();
  await using second = new Observation(network.hosts.values());
  const gate = await second.of('alone').gates.drop('data');
  expect((await gate.dropped()).segments).toBe(0);
});

test('an unknown gate: the error names the gates there are', () => {
  expect(gateNamed('fin')).toBe('fin');
  expect(() => gateNamed('finn')).toThrow(GateError);
  expect(() => gateNamed('finn')).toThrow(`no gate "finn". The gates are: ${GATE_NAMES.join(', ')}`);
  expect(() => gateNamed('toString')).toThrow(GateError);
});
