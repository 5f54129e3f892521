import type { Exercise } from '../../exercise/exercise.ts';
import { type Connection, initialNumber } from '../../exercise/judge/connection.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';

const MEBIBYTE = 1 << 20;
/** Ten full segments are the least that a kernel sends at once of so much data. RFC 6928. */
const FIRST_FLIGHT = 14_000;

export const exercise: Exercise = {
  number: 22,
  slug: 'abort',
  title: 'Abort: RST instead of FIN, by SO_LINGER with zero seconds',
  points: 16,
  paths: {
    client: ['CLOSED', 'SYN_SENT', 'ESTABLISHED', 'CLOSED'],
    server: ['CLOSED', 'LISTEN', 'SYN_RCVD', 'ESTABLISHED', 'CLOSED'],
  },
  cast: {
    server: { host: 'server', provided: 'servers/never-read.ts' },
    client: { host: 'client', student: 'client.ts', reference: 'clients/abort.ts' },
  },
  lastsMs: 1_000,

  async scenario(scene) {
    const { client, server, plan } = scene;
    await server.start('server');
    await server.listens();
    await client.start('client');
    const { segment } = await server.saw({ flags: 'S' });
    await server.saw({ has: 'R' }, { deadlineMs: 2_000 });
    await client.reaches('CLOSED', { remotePort: plan.port, patient: true });
    await server.reaches('CLOSED', { remotePort: segment.source.port, patient: true });
    await scene.ss();
  },

  checks: [
    {
      id: 'full',
      title: 'The client sends as much of its 1 MiB as goes out at once',
      weight: 1,
      expects: { client: 'ESTABLISHED, with bytes to send', server: 'ESTABLISHED, and nobody reads' },
      help: 'As soon as you are connected, write 1 MiB: socket.write(Buffer.alloc(1 << 20)).',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.sent(connection, 'server', { flags: 'S.' });
        const last = segmentsOf(connection, { from: 'client', payload: 'some' }).at(-1);
        const bytes = bytesUntil(connection, last);
        j.that(bytes >= FIRST_FLIGHT, {
          host: 'client',
          action: 'the client sends the first of its 1 MiB',
          expected: `at least ${FIRST_FLIGHT} bytes of the client's 1 MiB on the wire`,
          observed: bytes === 0 ? 'the client sent no data' : `the client sent only ${bytes} bytes`,
          because: 'too-little',
        });
      },
    },
    {
      id: 'no-fin',
      title: 'The client does not close in order: no FIN, neither sent nor waiting',
      weight: 1,
      needs: ['full'],
      expects: { client: 'CLOSED straight from ESTABLISHED', server: 'CLOSED straight from ESTABLISHED' },
      help: 'Neither end() nor destroy() nor leaving the program: each of them is an ordinary close.',
      judge(j) {
        const connection = j.connection('client', 'server');
        j.notSent(connection, 'client', { has: 'F' }, { because: 'fin' });
        const life = j.evidence.life(connection, 'client');
        const closing = life === undefined ? undefined : stayIn(life, 'FIN_WAIT_1');
        j.that(closing === undefined, {
          host: 'client',
          action: 'no FIN of the client waits behind its unsent bytes',
          expected: 'no FIN_WAIT_1 on the client',
          observed:
            'the client went to FIN_WAIT_1: it was closed in order, and a FIN waits behind the bytes that the server does not take',
          because: 'fin-waits',
          atMs: closing?.fromMs ?? j.evidence.endMs,
        });
      },
    },
    {
      id: 'reset',
      title: 'The client sends an RST while most of its bytes are unsent',
      weight: 4,
      needs: ['no-fin'],
      expects: { client: 'CLOSED', server: 'CLOSED' },
      help: 'Ask for a reset while the bytes still wait. Node has a method of Socket for it; in C it is SO_LINGER with 0 seconds, and close().',
      judge(j) {
        const connection = j.connection('client', 'server');
        const reset = j.sent(connection, 'client', { has: 'R' }, { because: 'no-reset' });
        const bytes = bytesUntil(connection, reset);
        j.that(bytes < MEBIBYTE, {
          host: 'client',
          action: 'the reset comes before all bytes are sent',
          expected: 'an RST before the last of the 1 MiB',
          observed: `the client had sent ${bytes} bytes by then`,
          because: 'all-sent',
          atMs: reset.atMs,
          segments: [reset],
        });
        const [late] = segmentsOf(connection, { from: 'client', not: 'R', afterMs: reset.atMs });
        j.that(late === undefined, {
          host: 'client',
          action: 'the bytes that were not sent yet are thrown away',
          expected: 'nothing from the client after its RST',
          observed: 'it went on sending',
          because: 'went-on',
          atMs: late?.atMs ?? reset.atMs,
          ...(late === undefined ? {} : { segments: [late] }),
        });
      },
    },
    {
      id: 'forgotten',
      title: 'Both ends have forgotten the connection at once: no TIME_WAIT anywhere',
      weight: 2,
      needs: ['reset'],
      expects: { client: 'no TCP socket', server: 'LISTEN, and nothing else' },
      help: 'Reset the connection and do nothing more with it.',
      judge(j) {
        const connection = j.connection('client', 'server');
        for (const host of ['client', 'server']) {
          const life = j.evidence.life(connection, host);
          // Either end may have lived too short a time to be seen at all; the wire has shown that it was there.
          if (life !== undefined) j.passes(life, ['SYN_SENT?', 'SYN_RCVD?', 'ESTABLISHED?', 'CLOSED']);
          const left = j.evidence.lives(host).find((each) => stayIn(each, 'TIME_WAIT') !== undefined);
          j.that(left === undefined, {
            host,
            action: `the ${host} keeps no TIME_WAIT`,
            expected: `no TIME_WAIT on the ${host}`,
            observed: `the ${host} keeps one`,
            because: 'time-wait',
          });
        }
        j.notSent(connection, 'server', { has: 'F' }, { because: 'fin' });
      },
    },
  ],

  questions: [
    {
      id: 'time-wait',
      ask: 'The client aborts. Which end is in TIME_WAIT afterwards?',
      choices: { a: 'The client: it was the first to close.', b: 'The server.', c: 'Neither.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        if (connection === undefined || segmentsOf(connection, { has: 'R' }).length === 0) return undefined;
        const waits = (host: string): boolean =>
          evidence.lives(host).some((life) => stayIn(life, 'TIME_WAIT') !== undefined);
        return waits('client') ? 'a' : waits('server') ? 'b' : 'c';
      },
      hints: {
        a: 'TIME_WAIT belongs to the end that sends the last ACK of two FINs. How many FINs were there?',
        b: 'TIME_WAIT belongs to the end that sends the last ACK of two FINs. How many FINs were there?',
      },
    },
    {
      id: 'how-much',
      ask: "Of the 1 MiB, how much reaches the server's kernel?",
      choices: {
        a: 'All of it: write() has taken it.',
        b: 'The first part, as much as went out before the reset.',
        c: 'Nothing.',
      },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const reset = connection && segmentsOf(connection, { from: 'client', has: 'R' })[0];
        if (connection === undefined || reset === undefined) return undefined;
        const bytes = bytesUntil(connection, reset);
        if (bytes === 0) return 'c';
        return bytes < MEBIBYTE ? 'b' : 'a';
      },
      hints: {
        a: "write() hands bytes to the sender's queue, no further. A reset empties that queue.",
        c: 'What was sent before the reset had arrived. Look at the sequence number of the RST.',
      },
    },
    {
      id: 'answer',
      ask: 'What does the server answer to the RST?',
      choices: { a: 'An ACK.', b: 'An RST of its own.', c: 'Nothing.' },
      kernel: (evidence, { port }) => {
        const connection = evidence.connections({ from: 'client', port })[0];
        const reset = connection && segmentsOf(connection, { from: 'client', has: 'R' })[0];
        if (connection === undefined || reset === undefined) return undefined;
        if (segmentsOf(connection, { from: 'server', has: 'R' }).length > 0) return 'b';
        return 'c';
      },
      hints: {
        a: 'An ACK says "I have this, go on". To whom would the server say it?',
        b: 'If a reset were answered with a reset, two hosts could go on for ever.',
      },
    },
  ],
  hints: [
    'end() says "I have sent everything". What says "forget all of it"?',
    'close() of a socket whose SO_LINGER is on with 0 seconds throws the unsent bytes away and sends RST.',
    'socket.write(Buffer.alloc(1 << 20)); socket.resetAndDestroy();',
  ],
  wrong: [
    {
      file: 'end.ts',
      believes: 'end() closes at once, whatever is unsent',
      fails: 'reset',
      says: 'an RST from the client',
    },
    {
      file: 'destroy.ts',
      believes: 'destroy() aborts',
      fails: 'no-fin',
      says: 'a FIN',
    },
    {
      file: 'leave.ts',
      believes: 'a program that exits resets its connections',
      fails: 'no-fin',
      says: 'a FIN',
    },
    {
      file: 'when-written.ts',
      believes: 'the write will be done some day',
      fails: 'reset',
      says: 'an RST from the client',
    },
    {
      file: 'nothing-to-lose.ts',
      believes: 'a reset is all there is to see',
      fails: 'full',
      says: 'the client sent no data',
    },
    {
      file: 'own-host.ts',
      believes: 'any connection will do',
      fails: 'full',
      says: 'which is the client itself',
    },
    { file: 'exit-at-once.ts', believes: 'printing PASS is enough', fails: 'runs', says: 'exit code 0' },
  ],
};

/** How many bytes the client had sent by a segment of its own, that one included. */
function bytesUntil(connection: Connection, event: SegmentEvent | undefined): number {
  if (event === undefined) return 0;
  const end = segmentEnd(event.segment);
  return seqAdd(end, -seqAdd(initialNumber(connection, 'client') ?? 0, 1));
}
