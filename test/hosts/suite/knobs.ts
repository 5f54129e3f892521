import { describe, expect, test } from 'vitest';
import { type Backend, makeNetwork } from '../../../lab/host/backend.ts';
import type { Host } from '../../../lab/host/host.ts';
import {
  KNOB_NAMES,
  KnobError,
  type KnobName,
  knobFile,
  knobNamed,
  PINNED,
} from '../../../lab/host/knobs.ts';
import { rejection, sharedLab } from '../lab.ts';

async function inKernel(host: Host, ...names: readonly KnobName[]): Promise<[KnobName, string][]> {
  const { stdout } = await host.exec('cat', names.map(knobFile));
  const values = stdout.trimEnd().split('\n');
  return names.map((name, n) => [name, values[n] ?? '']);
}

export function knobSuite(backend: Backend): void {
  describe('knobs', () => {
    const lab = sharedLab(backend, {
      knobs: { tcp_fin_timeout: '7', 'net.ipv4.tcp_sack': '0' },
      ownKnobs: { server: { tcp_fin_timeout: '8', somaxconn: '77' } },
    });

    test('of the plan are set on every host, beside the pinned ones, and are on record', async () => {
      const { client, server } = lab();
      const wanted = new Map([...PINNED, ['tcp_fin_timeout', '7'], ['tcp_sack', '0']] as const);
      expect(await inKernel(client.host, ...wanted.keys())).toEqual([...wanted]);
      expect([...client.host.knobs]).toEqual([...wanted]);
      const own = new Map([...wanted, ['tcp_fin_timeout', '8'], ['somaxconn', '77']] as const);
      expect(await inKernel(server.host, ...own.keys())).toEqual([...own]);
      expect(new Map(server.host.knobs)).toEqual(own);
    });

    test('are set while hosts run, on that host alone, and tell in what its programs do', async () => {
      const { client, server } = lab();
      await server.host.knob('somaxconn', '5');
      await server.host.knob('tcp_syn_retries', '2');
      expect(await inKernel(server.host, 'somaxconn', 'tcp_syn_retries')).toEqual([
        ['somaxconn', '5'],
        ['tcp_syn_retries', '2'],
      ]);
      expect(await inKernel(client.host, 'somaxconn')).toEqual([['somaxconn', '4096']]);
      expect(server.host.knobs.get('somaxconn')).toBe('5');
      const port = lab().port();
      await lab().serve(port);
      const { stdout } = await server.host.exec('ss', ['-Hltn', `sport = :${port}`]);
      expect(stdout.split(/\s+/).slice(0, 3)).toEqual(['LISTEN', '0', '5']);
    });

    test('can have values of two numbers', async () => {
      await lab().client.host.knob('ip_local_port_range', '40000\t40009');
      expect(await inKernel(lab().client.host, 'ip_local_port_range')).toEqual([
        ['ip_local_port_range', '40000\t40009'],
      ]);
    });

    test('that there are none of: the error names those there are', async () => {
      const message = `no knob "tcp_speed". The knobs are: ${KNOB_NAMES.join(', ')}`;
      const making = rejection(
        (async () =>
          await (await makeNetwork(backend, { hosts: ['a'], knobs: { tcp_speed: '9' } })).close())(),
      );
      expect(await making).toMatchObject({
        name: 'KnobError',
        code: 'unknown-knob',
        knob: 'tcp_speed',
        message,
      });
      expect(() => knobNamed('tcp_speed')).toThrow(KnobError);
    });

    test('that this kernel does not have', async () => {
      expect(await rejection(lab().client.host.knob('tcp_from_the_future' as KnobName, '1'))).toMatchObject({
        name: 'KnobError',
        code: 'unknown-knob',
        message: 'this kernel has no knob tcp_from_the_future',
      });
    });

    test('do not take every value, neither while hosts run nor when they are made', async () => {
      const { server } = lab();
      expect(await rejection(server.host.knob('tcp_congestion_control', 'no-such-thing'))).toMatchObject({
        name: 'KnobError',
        code: 'refused-knob',
        message: 'the kernel refused tcp_congestion_control=no-such-thing on server',
      });
      expect(server.host.knobs.get('tcp_congestion_control')).toBe('reno');
      const knobs = { tcp_congestion_control: 'no-such-thing' };
      const making = rejection(
        (async () => await (await makeNetwork(backend, { hosts: ['alone'], knobs })).close())(),
      );
      expect(await making).toMatchObject({
        name: 'KnobError',
        code: 'refused-knob',
        message: 'the kernel refused tcp_congestion_control=no-such-thing on alone',
      });
    });
  });
}
