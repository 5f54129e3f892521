import type { Check, Exercise } from '../../exercise/exercise.ts';
import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { MOMENTS, newListeners, type Option, portOf, restart } from './restart.ts';

export const exercise: Exercise = {
  number: 18,
  slug: 'reuseaddr',
  title: 'Restart a server over its own TIME_WAIT',
  points: 6,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
  },
  // A late ACK of the client would be answered from TIME_WAIT, its kernel would answer that with RST, and the RST would end the
  // state: RFC 1337.
  knobs: { tcp_rfc1337: '1' },
  cast: {
    server: { host: 'server', student: 'server.ts', reference: 'servers/reuseaddr.ts' },
    client: { host: 'client', provided: 'clients/connect.ts' },
  },
  mayEndWith: ['EADDRINUSE'],
  lastsMs: 7_000,
  scenario: restart,

  checks: [
    {
      id: 'time-wait',
      title: 'A killed server leaves TIME_WAIT behind on its port',
      weight: 1,
      expects: { client: 'CLOSED', server: 'TIME_WAIT on both ports' },
      help: 'Listen on the given address and port, accept, and keep the connection open: the lab kills your program while it is.',
      judge(j, plan) {
        for (const old of ['noreuse', 'reuse'] as const) {
          const port = portOf(plan, old);
          const listener = j.evidence
            .listeners('server', port)
            .find(({ local: { address } }) => ANY.includes(address) || j.evidence.isAt('server', address));
          j.found(listener, {
            host: 'server',
            action: `the server with ${old} listens on port ${port}`,
            expected: `LISTEN on port ${port}, at the address that the program is given`,
            observed: `no program listened there`,
            because: 'no-listener',
            atMs: listener?.stays[0]?.fromMs ?? j.evidence.endMs,
          });
          const connection = j.connection('client', 'server', { port });
          j.notSent(connection, 'server', { has: 'R' }, { because: 'reset', help: KEEP_IT });
          j.reaches(j.socket(connection, 'server'), 'TIME_WAIT', {
            help: KEEP_IT,
          });
        }
      },
    },
    cell(
      'noreuse',
      'noreuse',
      'Without SO_REUSEADDR, then without: it cannot listen again',
      'Node sets SO_REUSEADDR on everything it binds itself. Bind by hand, with KernelSocket, and give it to listen({ fd }).',
    ),
    cell(
      'noreuse',
      'reuse',
      'Without, then with: it still cannot',
      'The option counts only if the server that has left TIME_WAIT had it, too. Set it when you are told `reuse`, and never else.',
    ),
    cell(
      'reuse',
      'noreuse',
      'With, then without: neither',
      'Set the option only when you are told `reuse`, and in no other way.',
    ),
    cell(
      'reuse',
      'reuse',
      'With, then with: it listens, over TIME_WAIT',
      'Set SO_REUSEADDR before bind(), every time you are told `reuse`: KernelSocket.listening takes { reuseAddress }.',
    ),
    {
      id: 'alone',
      title: 'A second server with SO_REUSEADDR cannot listen beside the first',
      weight: 2,
      needs: ['reuse-reuse'],
      expects: { client: 'no TCP socket', server: 'one LISTEN on the port' },
      help: 'SO_REUSEPORT lets several servers listen side by side. SO_REUSEADDR does not: use that one, and only that one.',
      judge(j, plan) {
        const port = portOf(plan, 'reuse');
        const found = tried(j, 'reuse', 'beside').find(({ local }) => local.port === port);
        j.that(found === undefined, {
          host: 'server',
          action: `only one program listens on port ${port}`,
          expected: `one listener on port ${port}, though a second server was started with reuse`,
          observed: 'two programs listened there at the same time, which SO_REUSEADDR alone does not allow',
          because: 'two-listeners',
          atMs: found?.stays[0]?.fromMs ?? j.evidence.endMs,
        });
      },
    },
  ],

  questions: [
    {
      id: 'only-new',
      ask: 'The old server ran without SO_REUSEADDR and has left TIME_WAIT on its port. The new one sets it. Does bind() succeed?',
      choices: { a: 'Yes: that is what the option is for.', b: 'No: EADDRINUSE.' },
      kernel: (evidence, plan) => did(evidence, 'noreuse', 'reuse', portOf(plan, 'noreuse')),
      hints: {
        a: 'Each of the two sockets must allow the sharing. The row in TIME_WAIT has kept what the old socket said.',
      },
    },
    {
      id: 'two-listeners',
      ask: 'A server with SO_REUSEADDR listens. A second one, with SO_REUSEADDR too, binds the same address and port. What happens?',
      choices: {
        a: 'Both listen, and the kernel shares the connections out.',
        b: 'The second one gets EADDRINUSE.',
      },
      kernel: (evidence, plan) => did(evidence, 'reuse', 'beside', portOf(plan, 'reuse')),
      hints: { a: 'That is another option. Look at SO_REUSEPORT in socket(7).' },
    },
  ],
  hints: [
    'The port is still in use: by whom, when no program is left? ss -tan state time-wait shows it.',
    'SO_REUSEADDR is an option of a socket and must be set before bind(). Connections inherit it from their listener, and TIME_WAIT keeps it. Node always sets it on what it binds itself, so a socket without it must be made by hand.',
    "KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: option === 'reuse' })",
  ],
  wrong: [
    {
      file: 'always-reuse.ts',
      believes: 'what Node does is what the kernel does by itself',
      fails: 'noreuse-noreuse',
      says: 'a program listened on port',
    },
    {
      file: 'never-reuse.ts',
      believes: 'a restart only takes patience',
      fails: 'reuse-reuse',
      says: 'no program listened there',
    },
    {
      file: 'only-when-it-fails.ts',
      believes: 'only the server that is restarted needs the option',
      fails: 'reuse-reuse',
      says: 'no program listened there',
    },
    {
      file: 'option-after-bind.ts',
      believes: 'the option can be set after bind()',
      fails: 'reuse-reuse',
      says: 'no program listened there',
    },
    {
      file: 'reuseport.ts',
      believes: 'SO_REUSEPORT is another name for SO_REUSEADDR',
      fails: 'alone',
      says: 'two programs listened there at the same time',
    },
    {
      file: 'another-port.ts',
      believes: 'a server that listens somewhere else is up again',
      fails: 'noreuse-noreuse',
      says: 'listened on port',
    },
    {
      file: 'reset-everyone.ts',
      believes: 'resetting the clients is a fine way to avoid TIME_WAIT',
      fails: 'time-wait',
      says: 'the server sent an RST',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** One of the four: a server that had the option or not is gone, and one that has it or not tries to listen. */
function cell(old: Option, fresh: Option, title: string, help: string): Check {
  const works = old === 'reuse' && fresh === 'reuse';
  return {
    id: `${old}-${fresh}`,
    title,
    // A program that never sets the option fills the other three by itself.
    weight: works ? 6 : 1,
    needs: ['time-wait'],
    expects: {
      client: 'no TCP socket',
      server: works ? 'TIME_WAIT, and LISTEN again' : 'TIME_WAIT, no LISTEN',
    },
    help,
    judge(j, plan) {
      const port = portOf(plan, old);
      const listeners = tried(j, fresh === 'noreuse' ? 'gone' : 'noreuse', fresh);
      const found = listeners.find(({ local }) => local.port === port);
      const others = [portOf(plan, 'reuse'), portOf(plan, 'noreuse')];
      const stray = listeners.find(({ local }) => !others.includes(local.port));
      const connection = j.connection('client', 'server', { port });
      const stay = j.reaches(j.socket(connection, 'server'), 'TIME_WAIT');
      j.that(stay.toMs >= (j.evidence.when(MOMENTS[fresh]) ?? 0), {
        host: 'server',
        action: `TIME_WAIT is on port ${port} all the while`,
        expected: `TIME_WAIT on port ${port} while the new server tries`,
        observed: 'it was gone before',
        because: 'no-time-wait',
        atMs: stay.toMs,
      });
      const action = works ? `a server listens on port ${port} again` : `no server listens on port ${port}`;
      if (works) {
        j.found(found, {
          host: 'server',
          action,
          expected: `LISTEN on port ${port} beside TIME_WAIT: both the old server and the new one were told reuse`,
          observed: 'no program listened there',
          because: 'in-use',
          atMs: found?.stays[0]?.fromMs ?? j.evidence.endMs,
        });
        return;
      }
      const wrong = found ?? stray;
      j.that(wrong === undefined, {
        host: 'server',
        action,
        expected: `no new listener: the old server was told ${old}, the new one ${fresh}, so the kernel refuses with EADDRINUSE`,
        observed: `a program listened on port ${wrong?.local.port}`,
        because: found === undefined ? 'another-port' : 'listened',
        atMs: wrong?.stays[0]?.fromMs ?? j.evidence.endMs,
        ...(found === undefined
          ? {
              help: 'Listen on the port you are given or not at all: nobody would look for you anywhere else.',
            }
          : {}),
      });
    },
  };
}

/** The listeners that came of a try. @throws NotMet when the run did not get so far. */
function tried(j: Judge, from: keyof typeof MOMENTS, to: keyof typeof MOMENTS) {
  return j.found(newListeners(j.evidence, from, to), {
    host: 'server',
    action: MOMENTS[to],
    expected: 'the run to get so far',
    observed: 'it ended before',
    because: 'not-tried',
  });
}

function did(
  evidence: Evidence,
  from: keyof typeof MOMENTS,
  to: keyof typeof MOMENTS,
  port: number,
): 'a' | 'b' | undefined {
  const listeners = newListeners(evidence, from, to);
  if (listeners === undefined) return undefined;
  return listeners.some(({ local }) => local.port === port) ? 'a' : 'b';
}

/** What a listener's address is that takes connections to any address of its host. */
const ANY = ['0.0.0.0', '::'];

const KEEP_IT =
  'The server has to be the end that closes first, with FIN and not with RST: accept, and keep the connection. The lab then kills your program.';
