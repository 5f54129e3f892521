import type { Scene } from '../../exercise/scene.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { edge } from '../edges.ts';
import { judgeTimeWait } from '../judge-time-wait.ts';
import { atServer, type Provocation } from '../provocation.ts';
import { serve, shown } from '../show.ts';

/** TIME_WAIT lasts 60 s on Linux, whatever the sysctls say (include/net/tcp.h, TCP_TIMEWAIT_LEN). */
const TIME_WAIT_MS = 60_000;
/** For so long its timer is watched when it is not waited for. */
const COUNTED_MS = 500;

const PROGRAMS = { server: 'servers/close-first.ts', client: 'clients/same-port.ts' };

/**
 * An ACK of the client that another processor delivers late is answered from TIME_WAIT, the client's host answers that with
 * RST, and without this the RST would end the state.
 */
const NO_ASSASSINATION = { tcp_rfc1337: '1' };

const TIMEOUT: Omit<Provocation, 'play'> = {
  edge: edge('TIME_WAIT', 'CLOSED', 'timeout 2MSL'),
  host: 'server',
  socket: atServer,
  programs: PROGRAMS,
  knobs: NO_ASSASSINATION,
  judge: judgeTimeWait,
};

/** What ends TIME_WAIT, without the timer: that is still running when the run is over. */
export const TIME_WAIT: readonly Provocation[] = [
  {
    ...TIMEOUT,
    note: 'Its timer runs for 60 s. ./tcplab atlas --slow waits for it.',
    async play(scene) {
      const { server } = scene;
      const { cookie } = await enter(scene);
      await server.sample();
      await server.holds('TIME_WAIT', COUNTED_MS, { cookie });
      await server.sample();
      await server.ss();
    },
  },
  {
    edge: edge('TIME_WAIT', 'CLOSED', 'rcv RST'),
    host: 'server',
    socket: atServer,
    programs: { ...PROGRAMS, late: 'clients/stale-syn.ts' },
    knobs: NO_ASSASSINATION,
    note: 'TIME-WAIT assassination, RFC 1337: an old duplicate is acknowledged, and the RST that this earns ends TIME_WAIT. With tcp_rfc1337 set it does not.',
    async play(scene) {
      const { client, server, plan } = scene;
      const { cookie } = await enter(scene);
      const { segment } = await server.saw({ flags: 'S' });
      await client.reaches('CLOSED', { remotePort: plan.port });
      await server.knob('tcp_rfc1337', '0');
      await client.start('late', { more: [String(segment.source.port), String(segment.seq)] });
      await shown(server, 'CLOSED', { cookie });
    },
  },
];

/** The same, with its timer waited for. */
export const SLOW_TIME_WAIT: Provocation = {
  ...TIMEOUT,
  lastsMs: TIME_WAIT_MS + 10_000,
  async play(scene) {
    const { cookie } = await enter(scene);
    await scene.server.sample();
    await scene.server.reaches('CLOSED', { cookie, deadlineMs: TIME_WAIT_MS + 10_000 });
    await scene.server.ss();
  },
};

async function enter(scene: Scene): Promise<SocketRecord> {
  const { client, server, plan } = scene;
  await serve(scene);
  await client.start('client');
  return (await shown(server, 'TIME_WAIT', atServer(plan))) as SocketRecord;
}
