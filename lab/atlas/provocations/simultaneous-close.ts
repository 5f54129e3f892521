import type { Scene } from '../../exercise/scene.ts';
import { sendsFinAgain } from '../../exercise/sends-fin-again.ts';
import { edge } from '../edges.ts';
import { atClient, atServer, type Provocation } from '../provocation.ts';
import { serve, shown } from '../show.ts';

const PROGRAMS = { server: 'servers/close-first.ts', client: 'clients/close.ts' };

/** Both ends close before either has heard of it. */
export const SIMULTANEOUS_CLOSE: readonly Provocation[] = [
  {
    edge: edge('FIN_WAIT_1', 'CLOSING', 'rcv FIN'),
    host: 'client',
    socket: atClient,
    programs: PROGRAMS,
    play: async (scene) => {
      await crossFins(scene);
    },
  },
  {
    edge: edge('CLOSING', 'TIME_WAIT', 'rcv ACK of FIN'),
    host: 'client',
    socket: atClient,
    programs: PROGRAMS,
    async play(scene) {
      const open = await crossFins(scene);
      await open();
      await shown(scene.client, 'TIME_WAIT', atClient(scene.plan));
    },
  },
];

/**
 * Two FINs that pass each other: both ends are in FIN_WAIT_1, then in CLOSING, and stay there.
 * @returns what lets the ACKs of both FINs through.
 */
async function crossFins(scene: Scene): Promise<() => Promise<void>> {
  const { client, server, plan } = scene;
  const ends = [
    { host: client, socket: atClient(plan) },
    { host: server, socket: atServer(plan) },
  ];
  const fins = await Promise.all(ends.map(({ host }) => host.gate('fin')));
  const acks = await Promise.all(ends.map(({ host }) => host.gate('ack-of-fin')));
  await serve(scene);
  await client.start('client');
  await Promise.all(ends.map(({ host, socket }) => host.reaches('FIN_WAIT_1', socket)));
  await client.ss();
  // A FIN that has arrived is acknowledged by every later one, so the two that cross are sent again before either arrives.
  const wires = ends.map(({ host }) => host.wire());
  await Promise.all(wires.map((wire) => wire.hold()));
  await Promise.all(ends.map(({ host, socket }) => sendsFinAgain(host, socket)));
  await Promise.all(fins.map((gate) => gate.open()));
  await Promise.all(wires.map((wire) => wire.release()));
  await Promise.all(ends.map(({ host, socket }) => host.reaches('CLOSING', socket)));
  await client.ss();
  return async () => {
    await Promise.all(acks.map((gate) => gate.open()));
  };
}
