import type { Exercise } from '../../exercise/exercise.ts';
import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { describeLife, type Life, stayIn } from '../../exercise/judge/life.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';

/** Three listeners, a port each, so that it is known which program a connection belongs to. */
const PORTS = { SIGINT: 0, SIGKILL: 1, unread: 2 } as const;
type End = keyof typeof PORTS;
const SENT = {
  SIGINT: 'SIGINT is sent',
  SIGKILL: 'SIGKILL is sent',
  unread: 'SIGKILL is sent, with unread bytes',
};

export const exercise: Exercise = {
  number: 26,
  slug: 'killed',
  title: 'Be killed, and let the kernel close',
  points: 20,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
  },
  // The server's ACK of a FIN may be overtaken by its own FIN. When it comes, TIME_WAIT answers it; the server's kernel, which has
  // forgotten the connection by then, answers that with RST, and the RST would end the state: RFC 1337.
  knobs: { tcp_rfc1337: '1' },
  cast: {
    server: { host: 'server', provided: 'servers/greet.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/never-read.ts' },
  },
  lastsMs: 2_500,

  async scenario(scene) {
    const { client, server, plan } = scene;
    const ports = [plan.port, plan.port + 1, plan.port + 2] as const;
    const bytes = plan.number('bytes', 100, 2_000);
    const fins = await server.gate('fin');
    await server.start('server', { more: [String(bytes)] });
    await Promise.all(ports.map((port) => server.listens(port)));
    const programs: RunningProgram[] = [];
    const sockets: (SocketRecord | undefined)[] = [];
    for (const port of ports) {
      programs.push(await client.start('client', { args: [server.address, String(port)] }));
      sockets.push(await client.reaches('ESTABLISHED', { remotePort: port }));
    }
    const [interrupted, killed, deaf] = programs;
    const [first = '', second = '', third = ''] = sockets.map((socket) => socket?.cookie);
    const patient = true;
    await client.saw({ payload: 'some', source: { port: ports[2] } }, { patient });
    // By now a program that reads, or closes, has had a moment to do so.
    await client.holds('ESTABLISHED', 50, { cookie: first });
    await client.holds('ESTABLISHED', 0, { cookie: second });
    await client.sample();
    await scene.step(SENT.SIGINT);
    interrupted?.signal('SIGINT');
    await scene.step(SENT.SIGKILL);
    killed?.signal('SIGKILL');
    await client.leaves('ESTABLISHED', { cookie: second, deadlineMs: 1_000 });
    await client.leaves('ESTABLISHED', { cookie: first, deadlineMs: 1_000 });
    await client.holds('FIN_WAIT_1', 0, { cookie: first });
    await client.sample();
    await scene.ss();
    await client.holds('ESTABLISHED', 0, { cookie: third });
    await scene.step(SENT.unread);
    deaf?.signal('SIGKILL');
    await client.leaves('ESTABLISHED', { cookie: third, deadlineMs: 1_000 });
    await fins.open();
    await Promise.all([
      client.reaches('TIME_WAIT', { cookie: first, patient }),
      client.reaches('TIME_WAIT', { cookie: second, patient }),
      server.until('to be rid of all connections', (all) => all.every(({ state }) => state === 'LISTEN'), {
        patient,
      }),
    ]);
  },

  checks: [
    {
      id: 'connected',
      title: 'Your program connects',
      weight: 1,
      expects: { client: 'ESTABLISHED', server: 'LISTEN and ESTABLISHED' },
      help: 'Connect to the address and port that you are given, and stay.',
      judge(j) {
        const connection = connectionOf(j, 'SIGINT');
        j.sent(connection, 'server', { flags: 'S.' });
        j.sent(connection, 'client', { has: '.' });
      },
    },
    {
      id: 'stays',
      title: 'Three runs of it stay in ESTABLISHED, and none of them closes by itself',
      weight: 1,
      needs: ['connected'],
      expects: { client: 'ESTABLISHED three times', server: 'ESTABLISHED three times' },
      help: 'Keep the connection open, and the program running: a socket that does not read does not keep it so, a timer does.',
      judge(j) {
        for (const end of ENDS) {
          const connection = connectionOf(j, end);
          const life = j.evidence.life(connection, 'client');
          const stay = life && stayIn(life, 'ESTABLISHED');
          const sentMs = j.evidence.when(SENT[end]) ?? j.evidence.endMs;
          j.that(stay !== undefined && stay.toMs >= sentMs, {
            host: 'client',
            action: `the client is in ESTABLISHED when it is to be killed (${end})`,
            expected: 'ESTABLISHED on the client until it is killed',
            observed:
              life === undefined
                ? 'nobody had killed it yet when the connection was gone, too soon to be looked at'
                : `nobody had killed it yet when the client showed ${describeLife(life)}`,
            because: 'closed-itself',
            atMs: stay?.toMs ?? j.evidence.endMs,
          });
        }
      },
    },
    {
      id: 'interrupted',
      title: 'SIGINT: the program is gone, and its kernel sends FIN',
      weight: 1,
      needs: ['stays'],
      expects: { client: 'FIN_WAIT_1 with no owner, then TIME_WAIT', server: 'CLOSE_WAIT, then CLOSED' },
      help: 'Leave SIGINT as it is: without a handler it ends the program.',
      judge: (j) => closedByKernel(j, 'SIGINT'),
    },
    {
      id: 'killed',
      title: 'SIGKILL: no program can do anything about it, and still the kernel sends FIN',
      weight: 1,
      needs: ['stays'],
      expects: { client: 'FIN_WAIT_1 with no owner, then TIME_WAIT', server: 'CLOSE_WAIT, then CLOSED' },
      help: 'Stay connected until the end comes.',
      judge: (j) => closedByKernel(j, 'SIGKILL'),
    },
    {
      id: 'unread',
      title: 'The server has sent bytes on the third connection, and they lie unread in the queue',
      weight: 3,
      needs: ['stays'],
      expects: { client: 'ESTABLISHED, with Recv-Q above 0', server: 'ESTABLISHED' },
      help: 'Do not read: pause() the socket, before it is connected.',
      judge(j) {
        const connection = connectionOf(j, 'unread');
        const data = j.sent(connection, 'server', { payload: 'some' });
        const life = j.socket(connection, 'client');
        const last = stayIn(life, 'ESTABLISHED')?.rows.at(-1);
        j.that((last?.socket.receiveQueue ?? 0) > 0, {
          host: 'client',
          action: 'the bytes lie in the queue of the client',
          expected: "unread bytes in the third connection's queue (Recv-Q in ss)",
          observed: 'Recv-Q was 0: the program had read them',
          because: 'read',
          atMs: data.atMs,
          help: 'Somebody reads: a handler of data, or resume(); and a Node socket without any handler is read all the same. pause() it before it is connected.',
        });
      },
    },
    {
      id: 'reset',
      title: 'Killed with unread bytes: the kernel sends RST instead of FIN',
      weight: 3,
      needs: ['unread'],
      expects: { client: 'CLOSED', server: 'CLOSED' },
      help: 'Stay connected until the end comes, and read nothing.',
      judge(j) {
        const connection = connectionOf(j, 'unread');
        const afterMs = sent(j, 'unread');
        j.notSent(connection, 'client', { has: 'F' });
        j.sent(connection, 'client', { has: 'R', afterMs }, { because: 'no-reset' });
        j.passes(j.socket(connection, 'client'), ['SYN_SENT?', 'ESTABLISHED', 'CLOSED']);
        j.passes(j.socket(connection, 'server'), ['SYN_RCVD?', 'ESTABLISHED', 'CLOSED']);
      },
    },
  ],

  questions: [
    {
      id: 'sigkill',
      ask: 'SIGKILL ends a program at once: it can say goodbye to nobody. What does the other end of its connection see?',
      choices: { a: 'Nothing.', b: 'A FIN.', c: 'An RST.' },
      kernel: (evidence, { port }) => lastWord(evidence, port + PORTS.SIGKILL, evidence.when(SENT.SIGKILL)),
      hints: {
        a: 'Who holds the socket: the program, or the kernel? And who is it that was killed?',
        c: 'Nothing was lost on this connection. What would the kernel send if the program had called close()?',
      },
    },
    {
      id: 'unread',
      ask: 'And when bytes that the program has not read lie in the receive queue?',
      choices: { a: 'Nothing.', b: 'A FIN.', c: 'An RST.' },
      kernel: (evidence, { port }) => lastWord(evidence, port + PORTS.unread, evidence.when(SENT.unread)),
      hints: {
        a: 'The kernel closes whatever the program had open.',
        b: 'A FIN would say that all is well. Were the bytes of the other end taken?',
      },
    },
    {
      id: 'owner',
      ask: 'The program is dead and its FIN is not acknowledged yet. Whose is the socket in FIN_WAIT_1?',
      choices: { a: 'There is none: it died with the program.', b: "Nobody's: only the kernel has it." },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port: port + PORTS.SIGKILL })[0];
        const life = connection && evidence.life(connection, 'client');
        const stay = life && stayIn(life, 'FIN_WAIT_1');
        if (evidence.when(SENT.SIGKILL) === undefined || life === undefined) return undefined;
        if (stay === undefined) return 'a';
        return stay.rows.at(-1)?.socket.inode === 0 ? 'b' : undefined;
      },
      hints: {
        a: 'Somebody must send the FIN again until it is acknowledged. Look at ss -tanp: is there a process behind that line?',
      },
    },
  ],
  hints: [
    'When a program ends, in whatever way, who closes the files and sockets that it had open?',
    'The kernel calls close() for it: FIN, or RST when received bytes were never read (exercise 23). Your program must only be there: connected, not reading, not closing, without a handler for SIGINT.',
    "connect({ host, port: Number(port) }).on('error', () => {}).pause(); setInterval(() => {}, 60_000);",
  ],
  wrong: [
    {
      file: 'handles-sigint.ts',
      believes: 'the program has to close when it is interrupted',
      fails: 'interrupted',
      says: 'a program still held it',
    },
    {
      file: 'ignores-sigint.ts',
      believes: 'a signal can be ignored',
      fails: 'interrupted',
      says: 'no FIN came',
    },
    {
      file: 'resets.ts',
      believes: 'a program that ends must reset its connections',
      fails: 'interrupted',
      says: 'sent an RST',
    },
    {
      file: 'reads.ts',
      believes: 'who does not handle data does not read',
      fails: 'unread',
      says: 'Recv-Q was 0',
    },
    {
      file: 'closes-itself.ts',
      believes: 'one must close in time, before one is killed',
      fails: 'stays',
      says: 'nobody had killed it yet',
    },
    {
      file: 'ends-by-itself.ts',
      believes: 'an open socket keeps a program running',
      fails: 'stays',
      says: 'nobody had killed it yet',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

const ENDS = Object.keys(PORTS) as readonly End[];

function connectionOf(j: Judge, end: End): Connection {
  return j.connection('client', 'server', { port: j.plan.port + PORTS[end] });
}

/** When a program was killed. */
function sent(j: Judge, end: End): number {
  const atMs = j.evidence.when(SENT[end]);
  return j.found(atMs, {
    host: 'client',
    action: SENT[end],
    expected: `that ${SENT[end]}`,
    observed: 'the run ended before that',
    because: 'not-killed',
    atMs: atMs ?? j.evidence.endMs,
  });
}

/** FIN after the signal, in FIN_WAIT_1 no program holds the socket, and all the rest of an ordinary close follows. */
function closedByKernel(j: Judge, end: End): void {
  const connection = connectionOf(j, end);
  const afterMs = sent(j, end);
  j.notSent(connection, 'client', { has: 'R' }, { because: 'reset' });
  const [fin] = segmentsOf(connection, { from: 'client', has: 'F', afterMs });
  j.that(fin !== undefined, {
    host: 'client',
    action: `the client's kernel sends FIN after ${end}`,
    expected: `a FIN from the client after ${end}`,
    observed: 'no FIN came',
    because: 'no-fin',
    atMs: fin?.atMs ?? j.evidence.endMs,
  });
  const life = j.socket(connection, 'client');
  const held = heldIn(life);
  j.that(held === undefined, {
    host: 'client',
    action: 'in FIN_WAIT_1 the socket has no owner any more',
    expected: 'FIN_WAIT_1 on the client, and no program that holds the socket (no inode in ss -e)',
    observed: 'a program still held it',
    because: 'owned',
    atMs: held ?? j.evidence.endMs,
  });
  j.passes(life, ['SYN_SENT?', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2?', 'TIME_WAIT']);
  j.passes(j.socket(connection, 'server'), [
    'SYN_RCVD?',
    'ESTABLISHED',
    'CLOSE_WAIT?',
    'LAST_ACK?',
    'CLOSED',
  ]);
}

/** When a program was last seen to hold a socket in FIN_WAIT_1, half an instant after the FIN; undefined when none did. */
function heldIn(life: Life): number | undefined {
  const last = stayIn(life, 'FIN_WAIT_1')?.rows.at(-1);
  return last !== undefined && last.socket.inode !== 0 ? last.atMs : undefined;
}

/** What a host's kernel said last on a connection, as a choice of a question. */
function lastWord(evidence: Evidence, port: number, afterMs: number | undefined): string | undefined {
  const connection = evidence.connections({ from: 'client', port })[0];
  if (connection === undefined || afterMs === undefined) return undefined;
  if (segmentsOf(connection, { from: 'client', has: 'R', afterMs }).length > 0) return 'c';
  return segmentsOf(connection, { from: 'client', has: 'F', afterMs }).length > 0 ? 'b' : 'a';
}
