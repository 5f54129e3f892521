import { describe, expect, test } from 'vitest';
import type { Network } from '../../../lab/host/host.ts';
import type { NamespaceHost } from '../../../lab/host/namespaces/namespace-host.ts';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { Observation } from '../../../lab/observe/observation.ts';
import { KernelSocket } from '../../../lab/sys/socket.ts';

const PORT = 8_080;
const NAMES = ['north', 'south', 'west', 'east'] as const;

function addressOf(host: NamespaceHost, ip: 4 | 6): string {
  return ip === 4 ? host.address : (host.address6 ?? 'no IPv6');
}

/** Every ordered pair of hosts. */
function pairs(network: Network<NamespaceHost>): (readonly [NamespaceHost, NamespaceHost])[] {
  const all = [...network.hosts.values()];
  return all.flatMap((from) => all.flatMap((to) => (from === to ? [] : [[from, to] as const])));
}

describe.each([3, 4])('%i hosts on a switch', (count) => {
  const hosts = NAMES.slice(0, count);

  test.each([4, 6] as const)('each reaches each other over IPv%i, and nobody else sees it', async (ip) => {
    await using network = namespaceNetwork({ hosts, ipv6: true });
    await using observation = new Observation(network.hosts.values());
    for (const [from, to] of pairs(network)) {
      const endpoint = { address: addressOf(to, ip), port: PORT };
      using listener = to.enter(() => KernelSocket.listening(endpoint, { reuseAddress: true }));
      using socket = from.enter(() => KernelSocket.open({ family: ip }));
      socket.connect(endpoint);
      const fromHere = { remotePort: socket.localEndpoint().port, remoteAddress: addressOf(from, ip) };
      await observation.of(to.name).waits.reaches('ESTABLISHED', fromHere);
      using accepted = listener.accept();
      expect(accepted?.localEndpoint()).toEqual(endpoint);
    }
    await observation.look();
    const segments = observation.recorder.events.filter((event) => event.kind === 'segment');
    expect(new Set(segments.map(({ from, to }) => `${from} ${to}`))).toEqual(
      new Set(pairs(network).map(([from, to]) => `${from.name} ${to.name}`)),
    );
    for (const { to, segment, checksumOk } of segments) {
      expect(segment.destination.address).toBe(addressOf(network.host(to), ip));
      expect(checksumOk).toBe(true);
    }
  });

  test('a gate on one of them holds back what arrives there, and nothing elsewhere', async () => {
    await using network = namespaceNetwork({ hosts });
    await using observation = new Observation(network.hosts.values());
    const [first, gated, other] = hosts.map((name) => observation.of(name));
    if (first === undefined || gated === undefined || other === undefined) throw new Error('three hosts');
    await gated.gates.drop('syn');
    using toGated = first.host.enter(() => KernelSocket.open());
    using toOther = first.host.enter(() => KernelSocket.open());
    toGated.connect({ address: gated.host.address, port: PORT });
    toOther.connect({ address: other.host.address, port: PORT });
    await first.waits.saw({ flags: 'R.' }, { deadlineMs: 500 });
    await gated.waits.saw({ flags: 'S' });
    await first.waits.holds('SYN_SENT', 50, { remoteAddress: gated.host.address });
  });

  test('not even the first segment is lost: it is refused at once', async () => {
    for (let n = 0; n < 25; n++) {
      await using network = namespaceNetwork({ hosts, ipv6: true });
      await using observation = new Observation(network.hosts.values());
      const all = [...network.hosts.values()];
      const from = all[n % count] as NamespaceHost;
      const to = all[(n + 1) % count] as NamespaceHost;
      const ip = n % 2 === 0 ? 4 : 6;
      using socket = from.enter(() => KernelSocket.open({ family: ip }));
      socket.connect({ address: addressOf(to, ip), port: PORT });
      await observation.of(from.name).waits.saw({ flags: 'R.' }, { deadlineMs: 500 });
    }
  });

  test('the switch carries TCP only: every frame was a segment', async () => {
    await using network = namespaceNetwork({ hosts, ipv6: true });
    await using observation = new Observation(network.hosts.values());
    for (const [from, to] of pairs(network)) {
      using socket = from.enter(() => KernelSocket.open());
      const sinceMs = observation.recorder.milliseconds();
      socket.connect({ address: to.address, port: PORT });
      await observation.of(from.name).waits.saw({ flags: 'R.' }, { sinceMs });
    }
    await observation.look();
    for (const host of network.hosts.values()) {
      const { stdout } = await host.exec('cat', ['/proc/net/dev']);
      const frames = Number(/eth0:\s*\d+\s+(\d+)/.exec(stdout)?.[1]);
      const arrived = observation.recorder.events.filter(
        (event) => event.kind === 'segment' && event.to === host.name,
      );
      expect(frames).toBe(arrived.length);
      expect(arrived).toHaveLength(2 * (count - 1));
    }
  });
});

test('of three hosts, too, no two have the same name', () => {
  expect(() => namespaceNetwork({ hosts: ['a', 'b', 'b'] })).toThrow('two hosts cannot both be called "b"');
});
