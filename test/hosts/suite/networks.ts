import { describe, expect, test } from 'vitest';
import { type Backend, makeNetwork } from '../../../lab/host/backend.ts';
import type { ObservedHost } from '../../../lab/observe/observation.ts';
import { program, testProgram } from '../../kernel/support/programs.ts';
import { written } from '../../kernel/support/written.ts';
import { Lab, printed, rejection, sharedLab } from '../lab.ts';

/** Prints what became of a connection to a port, of which half the machines have a service, of each address. */
const KNOCK = `import { connect } from 'node:net';
const knocks = process.argv.slice(2).map((host) => new Promise((resolve) => {
  setTimeout(resolve, 1_000, 'silent').unref();
  connect({ host, port: 22 }, () => resolve('connected')).on('error', ({ code }) => resolve(code));
}));
console.log(JSON.stringify(await Promise.all(knocks)));
process.exit();`;

const NAMES = ['north', 'south', 'west', 'east'] as const;

/** Every ordered pair of a network's hosts. */
function pairs(lab: Lab): (readonly [ObservedHost, ObservedHost])[] {
  const all = [...lab.network.hosts.keys()].map((name) => lab.observation.of(name));
  return all.flatMap((from) => all.flatMap((to) => (from === to ? [] : [[from, to] as const])));
}

function addressOf({ host }: ObservedHost, ip: 4 | 6): string {
  return ip === 4 ? host.address : (host.address6 ?? 'no IPv6');
}

export function networkSuite(backend: Backend): void {
  describe('a network', () => {
    const lab = sharedLab(backend, { subnet: 20 });
    const lab6 = sharedLab(backend, { subnet: 21, ipv6: true });

    test('has addresses from the range for benchmarks, in one subnet, and no others', async () => {
      const { client, server } = lab();
      expect(client.host.address).toMatch(/^198\.18\.\d+\.1$/);
      expect(server.host.address).toBe(client.host.address.replace(/\.1$/, '.2'));
      expect([client.host.address6, server.host.address6]).toEqual([undefined, undefined]);
      const { stdout } = await client.host.exec('ip', ['-o', 'address', 'show', 'dev', 'eth0']);
      expect(stdout.trim().split('\n')).toHaveLength(1);
      expect(stdout).toContain(` ${client.host.address}/24 `);
    });

    test('has addresses from the range for documentation when it is made with IPv6', () => {
      const { client, server } = lab6();
      expect(client.host.address6).toMatch(/^2001:db8:0:[0-9a-f]+::1$/);
      expect(server.host.address6).toBe(client.host.address6?.replace(/::1$/, '::2'));
      expect(lab6().observation.timeline().header.hosts).toEqual([
        { name: 'client', addresses: [client.host.address, client.host.address6] },
        { name: 'server', addresses: [server.host.address, server.host.address6] },
      ]);
    });

    test.each([4, 6] as const)('carries connections both ways over IPv%i', async (ip) => {
      for (const [from, to] of pairs(lab6())) {
        const [port, address] = [lab6().port(), addressOf(to, ip)];
        await lab6().serve(port, { at: to, address });
        const ends = await lab6().connect(port, { from, to, address });
        expect(ends.client.remote).toEqual({ address, port });
        expect(ends.server.remote).toEqual(ends.client.local);
      }
    });

    test.each([4, 6] as const)('refuses at once what nobody listens to, over IPv%i', async (ip) => {
      const port = lab6().port();
      const running = await lab6().run(
        lab6().client,
        program('clients/report-error.ts'),
        addressOf(lab6().server, ip),
        port,
      );
      await lab6().client.waits.saw({ flags: 'R.', source: { port } });
      await running.exited;
      expect(running.stdout.trim()).toBe('ECONNREFUSED');
    });

    test('leads nowhere else: every other address is unreachable or silent, the machine’s own as well', async () => {
      const { client } = lab6();
      const routes = await client.host.exec('ip', ['route', 'show', 'default']);
      const routes6 = await client.host.exec('ip', ['-6', 'route', 'show', 'default']);
      expect([routes.stdout, routes6.stdout]).toEqual(['', '']);
      const own = [
        client.host.address.replace(/\.1$/, '.254'),
        client.host.address6?.replace(/::1$/, '::fe') ?? '',
      ];
      using knock = written(KNOCK);
      const beyond = ['192.0.2.1', '172.17.0.1', '2001:db8:ffff::1'];
      const { stdout } = await lab6().ran(client, knock.file, ...beyond, ...own);
      expect(JSON.parse(stdout)).toEqual([...beyond.map(() => 'ENETUNREACH'), ...own.map(() => 'silent')]);
    });

    test('has a loopback on every host, which nobody else can reach', async () => {
      const port = lab().port();
      await lab().serve(port, { address: '127.0.0.1' });
      await lab().connect(port, { address: '127.0.0.1', from: lab().server });
      const running = await lab().ran(
        lab().client,
        program('clients/report-error.ts'),
        lab().server.host.address,
        port,
      );
      expect(running.stdout.trim()).toBe('ECONNREFUSED');
    });

    test('knows its hosts for good: nobody asks for hardware addresses', async () => {
      const port = lab6().port();
      await lab6().serve(port);
      await lab6().connect(port);
      for (const { host } of [lab6().client, lab6().server]) {
        const { stdout } = await host.exec('ip', ['-o', 'neighbour', 'show', 'nud', 'permanent']);
        expect(stdout.trim().split('\n')).toHaveLength(2);
        expect((await host.exec('ip', ['-o', 'link', 'show', 'dev', 'eth0'])).stdout).toContain('NOARP');
      }
    });

    test('names the hosts there are for one that is not', () => {
      expect(() => lab().network.host('sever')).toThrow('no host "sever"; the hosts are: client, server');
    });
  });

  describe.each([3, 4])('%i hosts', (count) => {
    const hosts = NAMES.slice(0, count);
    const lab = sharedLab(backend, { hosts, subnet: 30 + count, ipv6: true });

    test('reach each other, and nobody else sees it', async () => {
      for (const ip of [4, 6] as const) {
        await Promise.all(
          pairs(lab()).map(async ([from, to]) => {
            const [port, address] = [lab().port(), addressOf(to, ip)];
            await lab().serve(port, { at: to, address });
            await lab().connect(port, { from, to, address });
          }),
        );
        await lab().stopAll();
      }
      await lab().observation.look();
      const segments = lab().observation.recorder.events.filter((event) => event.kind === 'segment');
      expect(new Set(segments.map(({ from, to }) => `${from} ${to}`))).toEqual(
        new Set(pairs(lab()).map(([from, to]) => `${from.host.name} ${to.host.name}`)),
      );
      for (const { to, segment, checksumOk } of segments) {
        const at = lab().observation.of(to);
        expect([addressOf(at, 4), addressOf(at, 6)]).toContain(segment.destination.address);
        expect(checksumOk).toBe(true);
      }
    });

    test('have gates of their own', async () => {
      const [first, gated, other] = hosts.map((name) => lab().observation.of(name));
      if (first === undefined || gated === undefined || other === undefined) throw new Error('three hosts');
      const gate = await gated.gates.drop('syn');
      const port = lab().port();
      await lab().run(first, program('clients/connect.ts'), gated.host.address, port);
      await lab().run(first, program('clients/connect.ts'), other.host.address, port);
      await first.waits.saw({ flags: 'R.', source: { address: other.host.address, port } });
      await gated.waits.saw({ flags: 'S', destination: { port } });
      await first.waits.holds('SYN_SENT', 50, { remoteAddress: gated.host.address });
      await gate.open();
    });
  });

  describe('making and closing networks', () => {
    test('one host alone can talk to itself at its address', async () => {
      await using lab = await Lab.on(backend, { hosts: ['alone'] });
      const alone = lab.observation.of('alone');
      await lab.serve(8_080, { at: alone, address: alone.host.address });
      await lab.connect(8_080, { from: alone, to: alone, address: alone.host.address });
    });

    test('two at the same time may want the same subnet, and do not see each other', async () => {
      const [one, other] = await Promise.all([7, 7].map((subnet) => Lab.on(backend, { subnet })));
      if (one === undefined || other === undefined) throw new Error('two');
      await using _one = one;
      await using _other = other;
      await Promise.all([one.serve(8_080), other.serve(8_081)]);
      await Promise.all([one.connect(8_080), other.connect(8_081)]);
      for (const [lab, port] of [
        [one, 8_080],
        [other, 8_081],
      ] as const) {
        const sockets = (await lab.server.witness.look()).sockets;
        expect(new Set(sockets.map(({ local }) => local.port))).toEqual(new Set([port]));
        expect(
          await lab.arrived(lab.server, { destination: { port: port === 8_080 ? 8_081 : 8_080 } }),
        ).toEqual([]);
      }
    });

    test('closing ends every program, even one that ignores SIGTERM; twice is once', async () => {
      const lab = await Lab.on(backend);
      const stubborn = await lab.run(lab.client, testProgram('ignore-sigterm.ts'));
      const server = await lab.serve(8_080);
      await printed(stubborn, 'ready');
      await lab.observation.close();
      await Promise.all([lab.network.close(), lab.network.close()]);
      await lab.network.close();
      expect([stubborn.exit, server.exit]).toEqual([
        { code: null, signal: 'SIGKILL' },
        { code: null, signal: 'SIGTERM' },
      ]);
      expect((await rejection(lab.client.host.run(testProgram('wait.ts'), []))).message).toBe(
        'host client is closed',
      );
    });

    test('there are one to eight hosts, with as many names', async () => {
      const making = (...hosts: string[]) => rejection(makeNetwork(backend, { hosts }));
      const nine = Array.from({ length: 9 }, (_, n) => `host${n}`);
      expect((await making()).message).toBe('a network has one to 8 hosts, not 0');
      expect((await making(...nine)).message).toBe('a network has one to 8 hosts, not 9');
      expect((await making('a', 'b', 'b')).message).toBe('two hosts cannot both be called "b"');
    });
  });
}
