import { expect, test } from 'vitest';
import { handlesOf, startKeysOf } from '../../../lab/dashboard/page/handles.ts';
import { GATE_NAMES } from '../../../lab/gate/kinds.ts';

const keyed = (hosts: string[]): string[] =>
  handlesOf(hosts)
    .flatMap(({ first }) => first)
    .filter(({ key }) => key !== undefined)
    .toSorted((a, b) => (a.key ?? 0) - (b.key ?? 0))
    .map((handle) => `${handle.key} ${handle.host} ${handle.kind === 'gate' ? handle.gate : 'wire'}`);

test('the keys 1 to 9 are the gates that are wanted most', () => {
  expect(keyed(['client', 'server'])).toEqual([
    '1 server ack-of-syn-ack',
    '2 server fin',
    '3 server ack-of-fin',
    '4 server syn',
    '5 client wire',
    '6 client syn-ack',
    '7 client fin',
    '8 client ack-of-fin',
    '9 server wire',
  ]);
});

test('without a server each host can be either end, and the keys begin at the first that is no client', () => {
  expect(keyed(['client', 'peer'])).toEqual([
    '1 peer syn-ack',
    '2 peer ack-of-syn-ack',
    '3 peer fin',
    '4 client wire',
    '5 client syn-ack',
    '6 client ack-of-syn-ack',
    '7 client fin',
    '8 peer wire',
  ]);
  expect(startKeysOf(['client', 'server'])).toEqual({ server: 's', client: 'a' });
  expect(startKeysOf(['client', 'peer'])).toEqual({ peer: 's', client: 'a' });
  expect(startKeysOf(['web', 'app', 'db'])).toEqual({ web: 's', app: 'a', db: 'd' });
});

test('every gate is there once for every host, in the order of the hosts', () => {
  const hosts = ['client', 'third', 'server'];
  const handles = handlesOf(hosts);
  expect(handles.map(({ host }) => host)).toEqual(hosts);
  for (const { first, more } of handles) {
    const gates = [...first, ...more].flatMap((handle) => (handle.kind === 'gate' ? [handle.gate] : []));
    expect(gates.toSorted()).toEqual([...GATE_NAMES].toSorted());
  }
  const wires = handles.flatMap(({ first }) =>
    first.filter(({ kind }) => kind === 'wire').map(({ host }) => host),
  );
  expect(wires.toSorted()).toEqual(hosts.toSorted());
});
