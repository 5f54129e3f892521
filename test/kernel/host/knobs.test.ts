import { expect, test } from 'vitest';
import { KNOB_NAMES, KnobError, type KnobName, PINNED } from '../../../lab/host/knobs.ts';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { pair } from '../support/pair.ts';
import { thrown } from '../support/thrown.ts';

test('every pinned knob has its value in the kernel of both hosts, and is on record', async () => {
  await using lab = pair();
  for (const { host } of [lab.client, lab.server]) {
    const inKernel = [...PINNED.keys()].map((name) => [name, host.readKnob(name)]);
    expect(inKernel).toEqual([...PINNED]);
    expect([...host.knobs]).toEqual([...PINNED]);
  }
});

test('a knob of the plan is set on both hosts and recorded after the pinned ones', async () => {
  await using lab = pair({ knobs: { tcp_fin_timeout: '7', 'net.ipv4.tcp_sack': '0' } });
  for (const { host } of [lab.client, lab.server]) {
    expect([host.readKnob('tcp_fin_timeout'), host.readKnob('tcp_sack')]).toEqual(['7', '0']);
    expect(host.knobs.get('tcp_fin_timeout')).toBe('7');
    expect([...host.knobs].at(-1)).toEqual(['tcp_sack', '0']);
  }
});

test('a knob of one host does not leak to the other, nor to another pair', async () => {
  await using lab = pair();
  await using other = pair();
  for (const name of KNOB_NAMES.filter((name) => PINNED.get(name)?.match(/^\d+$/))) {
    const changed = PINNED.get(name) === '1' ? '0' : '1';
    const before = other.client.host.readKnob(name);
    await lab.client.host.knob(name, changed);
    expect([name, lab.client.host.readKnob(name)]).toEqual([name, changed]);
    expect([name, lab.server.host.readKnob(name)]).toEqual([name, PINNED.get(name)]);
    expect([name, other.client.host.readKnob(name)]).toEqual([name, before]);
  }
});

test('every knob of the list exists in this kernel and can be written back', async () => {
  await using lab = pair();
  const { host } = lab.client;
  const missing = KNOB_NAMES.filter((name) => {
    try {
      host.setKnob(name, host.readKnob(name));
      return false;
    } catch {
      return true;
    }
  });
  expect(missing).toEqual([]);
});

test('an unknown knob: the error names the knobs there are, and no host is made', () => {
  const error = thrown(() => namespaceNetwork({ hosts: ['a'], knobs: { tcp_speed: '9' } }));
  expect(error).toBeInstanceOf(KnobError);
  expect(error).toMatchObject({ code: 'unknown-knob', knob: 'tcp_speed' });
  expect((error as Error).message).toBe(`no knob "tcp_speed". The knobs are: ${KNOB_NAMES.join(', ')}`);
});

test('a value that the kernel does not take', async () => {
  await using lab = pair();
  const setting = lab.server.host.knob('tcp_congestion_control', 'no-such-thing');
  const error = await setting.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'refused-knob',
    message: 'the kernel refused tcp_congestion_control=no-such-thing on server',
  });
  expect(lab.server.host.knobs.get('tcp_congestion_control')).toBe('reno');
});

test('a knob that this kernel lacks', async () => {
  await using lab = pair();
  const setting = lab.server.host.knob('tcp_from_the_future' as KnobName, '1');
  const error = await setting.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'unknown-knob',
    message: 'this kernel has no knob tcp_from_the_future',
  });
});
