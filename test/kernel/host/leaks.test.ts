import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { Observation } from '../../../lab/observe/observation.ts';
import { PORT, pair } from '../support/pair.ts';
import { program } from '../support/programs.ts';

/** What this process has open, by kind: sockets and pipes have a number of their own, which is left out. */
function open(): string[] {
  return readdirSync('/proc/self/fd')
    .flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`).replace(/\d+/, '')];
      } catch {
        return [];
      }
    })
    .sort();
}

/** Packet sockets are closed on another thread: this waits for it by asking that thread for something else. */
async function settled(): Promise<string[]> {
  await using lab = pair();
  await lab.client.waits.holds('CLOSED', 200);
  await lab[Symbol.asyncDispose]();
  await using network = namespaceNetwork({ hosts: ['alone'] });
  await using observation = new Observation(network.hosts.values());
  await observation.of('alone').waits.holds('CLOSED', 200);
  return open().filter((name) => !name.startsWith('/proc/'));
}

test('50 networks made and closed leave no descriptor, and with that no namespace', async () => {
  const use = async (): Promise<void> => {
    await using lab = pair({ ipv6: true });
    await lab.client.gates.drop('own-rst');
    await (await lab.server.gates.drop('ack-of-fin')).open();
    const { client } = await lab.connected();
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
  };
  await use();
  const before = await settled();
  for (let n = 0; n < 50; n++) await use();
  expect(await settled()).toEqual(before);
});

test('programs leave no descriptor', async () => {
  const use = async (): Promise<void> => {
    await using lab = pair();
    const server = await lab.server.run(program('servers/listen.ts'), [
      lab.server.host.address,
      String(PORT),
    ]);
    await lab.server.waits.reaches('LISTEN', { localPort: PORT, programs: [server] });
  };
  await use();
  const before = await settled();
  for (let n = 0; n < 5; n++) await use();
  expect(await settled()).toEqual(before);
});

test('a network that could not be made leaves no descriptor', async () => {
  const fail = (knobs: Record<string, string>): void => {
    expect(() => namespaceNetwork({ hosts: ['a', 'b'], knobs })).toThrow();
  };
  fail({ no_such_knob: '1' });
  const before = await settled();
  for (let n = 0; n < 10; n++) {
    fail({ no_such_knob: '1' });
    fail({ tcp_congestion_control: 'no-such-thing' });
  }
  expect(await settled()).toEqual(before);
});
