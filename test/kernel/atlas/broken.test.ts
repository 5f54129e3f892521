import { expect, test } from 'vitest';
import { provocationsOf } from '../../../lab/atlas/catalog.ts';
import { edge } from '../../../lab/atlas/edges.ts';
import type { Provocation } from '../../../lab/atlas/provocation.ts';
import { type EdgeResult, provoke } from '../../../lab/atlas/provoke.ts';
import type { Scene, SceneHost } from '../../../lab/exercise/scene.ts';

const LASTS_MS = 90_000;

async function broken(
  ...[from, to, event, change]: [...Parameters<typeof edge>, Partial<Provocation>]
): Promise<EdgeResult> {
  const [provocation] = provocationsOf(edge(from, to, event)) as [Provocation];
  return await provoke({ ...provocation, ...change }, { backend: 'namespaces', ipv6: false });
}

/** The same scene, whose gates hold nothing back. */
function withoutGates(scene: Scene): Scene {
  const open = { open: async () => {}, close: async () => {} };
  const without = (host: SceneHost): SceneHost => replacing(host, { gate: async () => open });
  return replacing(scene, { client: without(scene.client), server: without(scene.server) });
}

function replacing<T extends object>(original: T, others: Readonly<Record<string, unknown>>): T {
  return new Proxy(original, {
    get(target, name) {
      if (typeof name === 'string' && name in others) return others[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

test('a program that never tries does not make an edge unreachable', { timeout: LASTS_MS }, async () => {
  const { verdict, missing } = await broken('LISTEN', 'SYN_SENT', 'SEND', {
    programs: { server: 'servers/listen.ts' },
  });
  expect(verdict).toBe('unsettled');
  expect(missing?.join(' ')).toContain('nothing shows that the server tried');
});

test('a close instead of a shutdown does not deviate', { timeout: LASTS_MS }, async () => {
  const program = 'clients/simultaneous-open.ts';
  const { verdict } = await broken('SYN_RCVD', 'FIN_WAIT_1', 'CLOSE', {
    programs: { client: program, server: program },
  });
  expect(verdict).not.toBe('deviates');
});

test('a FIN is no RST', { timeout: LASTS_MS }, async () => {
  const { verdict, missing } = await broken('ESTABLISHED', 'CLOSED', 'rcv RST', {
    programs: { server: 'servers/echo.ts', client: 'clients/close-when-told.ts' },
  });
  expect(verdict).toBe('unsettled');
  // LAST_ACK lasts for less than a look now and then.
  expect(missing?.[0]).toMatch(/"rcv RST"|went from ESTABLISHED to CLOSED/);
});

test('a reset is no close', { timeout: LASTS_MS }, async () => {
  const { verdict } = await broken('LAST_ACK', 'CLOSED', 'rcv ACK of FIN', {
    programs: { server: 'servers/close-last.ts', client: 'clients/connect.ts' },
  });
  expect(verdict).toBe('unsettled');
});

test('without its gate a state is over before ss has seen it', { timeout: LASTS_MS }, async () => {
  const [{ play }] = provocationsOf(edge('FIN_WAIT_1', 'FIN_WAIT_2', 'rcv ACK of FIN')) as [Provocation];
  const { verdict } = await broken('FIN_WAIT_1', 'FIN_WAIT_2', 'rcv ACK of FIN', {
    play: async (scene) => await play(withoutGates(scene)),
  });
  expect(verdict).toBe('unsettled');
});

test('TIME_WAIT that is protected from an RST does not end by one', { timeout: LASTS_MS }, async () => {
  const [{ play }] = provocationsOf(edge('TIME_WAIT', 'CLOSED', 'rcv RST')) as [Provocation];
  const { verdict, missing } = await broken('TIME_WAIT', 'CLOSED', 'rcv RST', {
    play: async (scene) =>
      await play(replacing(scene, { server: replacing(scene.server, { knob: async () => {} }) })),
  });
  expect(verdict).toBe('unsettled');
  expect(missing?.[0]).toContain('TIME_WAIT');
});
