import { describe, expect, test } from 'vitest';
import type { Check } from '../../lab/exercise/exercise.ts';
import { predictionResults } from '../../lab/exercise/judge/predictions.ts';
import { judgeAll } from '../../lab/exercise/judge/verdicts.ts';
import type { TimelineEvent } from '../../lab/observe/timeline.ts';
import { segment, socket } from '../report/hand-made.ts';
import { evidence, exerciseWith, over, performed, plan } from './support.ts';

const check = (id: string, judge: Check['judge'], more: Partial<Check> = {}): Check => ({
  id,
  title: `It is ${id}`,
  weight: 1,
  expects: { client: 'ESTABLISHED', server: 'SYN_RCVD' },
  help: 'Try again.',
  judge,
  ...more,
});

const SYN = segment(5, 'client', 'S');
const HANDSHAKE: TimelineEvent[] = [
  socket(1, 'server', 'LISTEN'),
  SYN,
  segment(5.1, 'server', 'S.', { ack: 1 }),
  socket(5.5, 'server', 'SYN_RCVD'),
];

const connects = check('connected', (j) => void j.connection('client', 'server'));
const holds = check(
  'held',
  (j) => void j.holds(j.socket(j.connection('client', 'server'), 'server'), 'SYN_RCVD', 500),
  {
    needs: ['connected'],
  },
);

describe('verdicts', () => {
  test('a run that shows everything passes, with all points', () => {
    const results = judgeAll(performed(exerciseWith([connects, holds]), [...HANDSHAKE, over(1_000)]));
    expect(results.map(({ id, verdict, points }) => [id, verdict, points])).toEqual([
      ['runs', 'pass', 0],
      ['connected', 'pass', 5],
      ['held', 'pass', 5],
    ]);
  });

  test('what leaves early fails, and says how long it was there', () => {
    const gone = socket(105.5, 'server', 'SYN_RCVD', { gone: true });
    const [, , held] = judgeAll(
      performed(exerciseWith([connects, holds]), [...HANDSHAKE, gone, over(1_000)]),
    );
    expect(held).toMatchObject({
      verdict: 'fail',
      because: 'left-early',
      points: 0,
      ms: 105.5,
      message:
        'Expected SYN_RCVD for at least 500 ms, but the server was in SYN_RCVD for 100 ms; then it went to CLOSED.',
      help: 'Try again.',
    });
    expect(held?.steps.map(({ n, action, observed }) => [n, action, observed === undefined])).toEqual([
      [1, 'the client sends a SYN to 198.18.0.2:8080', true],
      [2, "the server's kernel has a socket for the connection", true],
      [3, 'the server reaches SYN_RCVD', true],
      [4, 'the server stays in SYN_RCVD for 500 ms', false],
    ]);
    expect(held?.hosts).toEqual([
      { host: 'client', expected: 'ESTABLISHED', observed: 'no TCP socket at any time' },
      {
        host: 'server',
        expected: 'SYN_RCVD',
        observed: 'LISTEN for 999 ms, to the end; SYN_RCVD for 100 ms → gone',
      },
    ]);
    expect(held?.evidence.map(({ text }) => text)).toEqual([
      '5.0 ms  client → server  40000 → 8080  S seq 0 win 64240',
      '5.1 ms  server → client  8080 → 40000  S. seq 0 ack 1 win 64240',
    ]);
  });

  test('what depends on a check that failed is skipped, not failed, and so on down', () => {
    const after = check('after', (j) => void j.connection('client', 'server'), { needs: ['held'] });
    const results = judgeAll(performed(exerciseWith([connects, holds, after]), [SYN, over(9)]));
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'fail', 'skipped']);
    expect(results[3]?.message).toBe('Not judged, because "It is held" did not pass.');
  });

  test("the lab's own fault is an error of every check, and charged to nobody", () => {
    const results = judgeAll(performed(exerciseWith([connects]), [over(9)], 'echo.ts never listened'));
    expect(results.map(({ verdict, because }) => [verdict, because])).toEqual([
      ['error', 'lab'],
      ['error', 'lab'],
    ]);
    expect(results[1]?.message).toContain('echo.ts never listened');
  });

  test('a capture with gaps is inconclusive, whether it would pass or fail', () => {
    const loss: TimelineEvent = { kind: 'loss', atMs: 9, host: 'server', segments: 3 };
    const results = judgeAll(performed(exerciseWith([connects, holds]), [SYN, loss, over(10)]));
    expect(results.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'skipped', 'skipped']);
    expect(results[0]?.message).toContain('The capture on the server lost 3');
  });

  test('a lab that did not get to look charges nobody, and takes nothing back', () => {
    const gap: TimelineEvent = {
      kind: 'counter',
      atMs: 9,
      host: 'client',
      name: 'lab.WidestGapMs',
      value: 812,
    };
    const results = judgeAll(performed(exerciseWith([connects, holds]), [SYN, gap, over(10)]));
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'inconclusive']);
    expect(results[2]?.message).toContain('for 812 ms the lab did not get to look at the client');
  });

  test('a program that was kept from running is not charged with what it did not do', () => {
    const waits = (value: number): TimelineEvent => ({
      ...{ kind: 'counter', atMs: 9, host: 'client', name: 'lab.ProcessorWaitMs' },
      value,
    });
    const verdicts = (value: number) =>
      judgeAll(performed(exerciseWith([connects, holds]), [SYN, waits(value), over(10)]));
    expect(verdicts(2_999).map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'fail']);
    expect(verdicts(4_300).map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'inconclusive']);
    expect(verdicts(4_300)[2]?.message).toContain('a program on the client waited 4.3 s for a processor');
    const end: TimelineEvent = {
      ...{ kind: 'program', atMs: 3, host: 'client', program: 'client.ts', pid: 7, action: 'ended' },
      ...{ how: 'exit code 0', because: 'client.ts on client ended by itself with exit code 0' },
    };
    const ended = judgeAll(performed(exerciseWith([connects]), [end, waits(4_300), over(10)]));
    expect(ended.map(({ verdict }) => verdict)).toEqual(['fail', 'skipped']);
  });

  test('a program of the lab that fails before it does anything is nobody’s failure', () => {
    const crash: TimelineEvent = {
      kind: 'program',
      atMs: 3,
      host: 'server',
      program: 'echo.ts',
      pid: 7,
      action: 'ended',
      how: 'exit code 1',
      because: 'echo.ts on server ended with an error: Error: no memory',
    };
    const results = judgeAll(performed(exerciseWith([connects]), [crash, over(10)]));
    expect(results[1]).toMatchObject({
      verdict: 'inconclusive',
      message: 'echo.ts on server ended with an error: Error: no memory: a program of the lab.',
    });
  });

  test('a state that ended while the lab did not look is held against nobody, and credited to nobody', () => {
    const gone = (seenMs: number): TimelineEvent => ({
      ...socket(1_005.5, 'server', 'SYN_RCVD', { gone: true }),
      seenMs,
    });
    const verdict = (seenMs: number) =>
      judgeAll(performed(exerciseWith([connects, holds]), [...HANDSHAKE, gone(seenMs), over(1_100)]))[2]
        ?.verdict;
    expect(verdict(1_002)).toBe('pass');
    expect(verdict(600)).toBe('pass');
    expect(verdict(300)).toBe('inconclusive');
  });

  test('a mistake in a check is no verdict', () => {
    const broken = check('broken', () => {
      throw new TypeError('a mistake');
    });
    expect(() => judgeAll(performed(exerciseWith([broken]), [SYN, over(9)]))).toThrow('a mistake');
  });
});

describe('a program that ended before it did anything', () => {
  const ended: TimelineEvent = {
    kind: 'program',
    atMs: 40,
    host: 'client',
    program: 'client.ts',
    pid: 9,
    action: 'ended',
    how: 'exit code 1',
    because: 'client.ts on client could not start: syntax error, Unexpected end of input (client.ts, line 3)',
    advice: 'Correct that line; your editor underlines it.',
  };

  test('fails the first check with its own words and a remedy, and the others are skipped', () => {
    const [runs, connected] = judgeAll(performed(exerciseWith([connects]), [ended, over(600)]));
    expect(runs).toMatchObject({
      id: 'runs',
      verdict: 'fail',
      help: 'Correct that line; your editor underlines it.',
    });
    expect(runs?.message).toContain('syntax error, Unexpected end of input (client.ts, line 3).');
    expect(connected?.verdict).toBe('skipped');
  });

  test('is no reason to fail when it did its part before', () => {
    const results = judgeAll(performed(exerciseWith([connects]), [SYN, ended, over(600)]));
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  test('is nothing to the student when it is a program of the lab', () => {
    const ours: TimelineEvent = { ...ended, host: 'server', program: 'echo.ts' };
    const results = judgeAll(performed(exerciseWith([connects]), [SYN, ours, over(600)]));
    expect(results[0]?.verdict).toBe('pass');
  });
});

describe('clues', () => {
  const elsewhere = socket(3, 'client', 'SYN_SENT');
  const failing = (...events: TimelineEvent[]): string =>
    judgeAll(performed(exerciseWith([connects]), [...events, over(600)]))[1]?.message ?? '';

  test('a connection to its own host is named', () => {
    const loop = {
      ...elsewhere,
      socket: { ...elsewhere.socket, remote: { address: '127.0.0.1', port: 8_080 } },
    };
    expect(failing(loop)).toContain(
      'The client has a connection to 127.0.0.1:8080, which is the client itself.',
    );
  });

  test('a connection to a place that there is not is named', () => {
    const away = {
      ...elsewhere,
      socket: { ...elsewhere.socket, remote: { address: '192.0.2.7', port: 8_080 } },
    };
    expect(failing(away)).toContain(
      'The client tried to reach 192.0.2.7:8080; nothing of this exercise is there.',
    );
  });

  test('a listener of a client is named', () => {
    const listener = socket(3, 'client', 'LISTEN');
    expect(failing(listener)).toContain('The client listened on 198.18.0.1:40000.');
  });

  test('a program that calls itself successful is told who is asked', () => {
    const boast: TimelineEvent = {
      kind: 'output',
      atMs: 3,
      host: 'client',
      program: 'client.ts',
      stream: 'stdout',
      text: 'All checks PASSED',
    };
    expect(failing(elsewhere, boast)).toContain('only the kernel is asked');
  });
});

test('a state on the wrong host is named', () => {
  const reached = check(
    'reached',
    (j) => void j.reaches(j.socket(j.connection('client', 'server'), 'server'), 'CLOSE_WAIT'),
  );
  const exercise = exerciseWith([reached], { paths: { server: ['CLOSED', 'ESTABLISHED', 'CLOSE_WAIT'] } });
  const results = judgeAll(performed(exercise, [...HANDSHAKE, socket(9, 'client', 'CLOSE_WAIT'), over(20)]));
  expect(results[1]?.message).toContain('It was the client that showed CLOSE_WAIT.');
});

describe('predictions', () => {
  const question = {
    id: 'q',
    ask: 'What comes back?',
    choices: { a: 'nothing', b: 'a SYN-ACK' },
    kernel: (seen: ReturnType<typeof evidence>) => {
      if (seen.segments({ from: 'client', flags: 'S' }).length === 0) return undefined;
      return seen.segments({ from: 'server', flags: 'S.' }).length > 0 ? 'b' : 'a';
    },
    hints: { a: 'Look at the second segment.' },
  };
  const exercise = exerciseWith([], { questions: [question] });

  test.each([
    ['b', [...HANDSHAKE, over(9)], 'b', undefined],
    ['a', [...HANDSHAKE, over(9)], 'b', 'Look at the second segment.'],
    ['a', [over(9)], null, undefined],
  ])('said %s', (said, events, kernel, hint) => {
    const [result] = predictionResults(exercise, evidence(...events), plan, { q: said });
    expect(result).toMatchObject({ predicted: said, kernel });
    expect(result?.hint).toBe(hint);
  });

  test('none was made', () => {
    const [result] = predictionResults(exercise, evidence(...HANDSHAKE, over(9)), plan, {});
    expect(result).toMatchObject({ predicted: null, kernel: 'b' });
  });
});
