import type { Plan } from '../../exercise/plan.ts';
import { LabFault, type Scene, type SceneHost } from '../../exercise/scene.ts';
import type { Wire } from '../../gate/wire.ts';
import type { RunningProgram } from '../../host/program.ts';
import { edge } from '../edges.ts';
import { ACK_LET_THROUGH, isShutDown, judgeDeferredClose } from '../judge-deferred-close.ts';
import type { Provocation } from '../provocation.ts';
import { shown } from '../show.ts';

const BOTH_OPEN = {
  client: 'clients/simultaneous-open.ts',
  server: 'clients/simultaneous-open.ts',
};

/** How long a close in SYN_RCVD is watched for the FIN that RFC 9293 sends at once, in milliseconds. */
const NO_FIN_MS = 400;
/** How long a FIN may wait behind a SYN that was sent several times, in milliseconds. */
const FIN_MS = 10_000;
/** How long a program may take for a call, in milliseconds. */
const SHUTDOWN_MS = 5_000;

/** Both ends connect, and nobody listens: SYN_RCVD of a socket that a program holds. */
export const SIMULTANEOUS_OPEN: readonly Provocation[] = [
  {
    edge: edge('SYN_SENT', 'SYN_RCVD', 'rcv SYN'),
    host: 'client',
    socket: atClientPort,
    programs: BOTH_OPEN,
    async play(scene) {
      const { wires } = await holdInSynRcvd(scene);
      await wires.client.release();
      await scene.server.saw({ has: 'S.' });
    },
  },
  {
    edge: edge('SYN_RCVD', 'FIN_WAIT_1', 'CLOSE'),
    by: 'shutdown()',
    host: 'client',
    socket: atClientPort,
    programs: { ...BOTH_OPEN, client: 'clients/close-before-open.ts' },
    judge: judgeDeferredClose,
    note: 'shutdown() is the CLOSE of RFC 9293, which sends the FIN at once. Linux stays in SYN_RCVD, and sends it when the ACK has come.',
    async play(scene) {
      const { client, server, plan } = scene;
      const { wires, program, completions } = await holdInSynRcvd(scene);
      await server.gate('fin');
      await wires.client.release();
      program.signal('SIGTERM');
      await showsShutdown(client);
      await client.holds('SYN_RCVD', NO_FIN_MS, atClientPort(plan));
      await scene.step(ACK_LET_THROUGH);
      await Promise.all([...completions.map((gate) => gate.open()), wires.server.release()]);
      await shown(client, 'FIN_WAIT_1', atClientPort(plan));
      await server.saw({ has: 'F' });
    },
  },
  {
    edge: edge('SYN_RCVD', 'FIN_WAIT_1', 'CLOSE'),
    by: 'close()',
    host: 'client',
    socket: atClientPort,
    programs: BOTH_OPEN,
    note: 'Not so close(): it leads to FIN_WAIT_1 at once, before the handshake is complete.',
    async play(scene) {
      const { client, server, plan } = scene;
      const { wires, program, completions } = await holdInSynRcvd(scene);
      await server.gate('fin');
      await wires.client.release();
      program.signal('SIGTERM');
      await shown(client, 'FIN_WAIT_1', atClientPort(plan));
      // After a timeout only one segment may be on its way: then the FIN waits until the SYN is acknowledged.
      await Promise.all([...completions.map((gate) => gate.open()), wires.server.release()]);
      await server.saw({ has: 'F' }, { deadlineMs: FIN_MS });
    },
  },
  {
    edge: edge('SYN_RCVD', 'CLOSED', 'rcv RST'),
    host: 'client',
    socket: atClientPort,
    programs: { ...BOTH_OPEN, server: 'clients/connect-and-reset.ts' },
    note: 'After an active open there is no listener to return to.',
    async play(scene) {
      const { client, plan } = scene;
      const { wires } = await holdInSynRcvd(scene);
      await wires.client.release();
      await scene.server.saw({ has: 'S.' });
      await scene.server.reaches('CLOSED', { localPort: plan.port });
      await wires.server.release();
      await shown(client, 'CLOSED', atClientPort(plan));
    },
  },
];

/** Has ss look until it shows that the sending side is shut down: an arrow that points one way only. */
async function showsShutdown(host: SceneHost): Promise<void> {
  const signal = AbortSignal.timeout(SHUTDOWN_MS);
  while (!(await host.ssTable()).some(isShutDown)) {
    if (signal.aborted) throw new LabFault(`ss on the ${host.name} never showed a sending side shut down`);
  }
}

function atClientPort({ clientPort }: Plan): { readonly localPort: number } {
  return { localPort: clientPort };
}

/**
 * Two SYNs that pass each other. The client is in SYN_RCVD, and stays there: what would complete the connection is dropped
 * on its host. Both wires are held; what the client has sent since waits on its own.
 */
async function holdInSynRcvd({ client, server, plan }: Scene): Promise<{
  readonly wires: { readonly client: Wire; readonly server: Wire };
  readonly program: RunningProgram;
  readonly completions: readonly { open(): Promise<void> }[];
}> {
  const { port, clientPort } = plan;
  const wires = { client: client.wire(), server: server.wire() };
  await Promise.all([wires.client.hold(), wires.server.hold()]);
  const completions = await Promise.all([client.gate('syn-ack'), client.gate('ack-of-syn-ack')]);
  const [program] = await Promise.all([
    client.start('client', { args: [server.address, String(port), String(clientPort)] }),
    server.start('server', { args: [client.address, String(clientPort), String(port)] }),
  ]);
  await Promise.all([
    shown(client, 'SYN_SENT', { localPort: clientPort }),
    server.reaches('SYN_SENT', { localPort: port }),
  ]);
  await wires.server.release();
  await shown(client, 'SYN_RCVD', { localPort: clientPort });
  await wires.server.hold();
  return { wires, program, completions };
}
