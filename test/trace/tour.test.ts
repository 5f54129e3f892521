import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { TourResult } from '../../lab/exercise/tour/tour.ts';
import { asNobody, isRoot } from '../support/nobody.ts';
import { ROOT } from '../support/tcplab.ts';
import { needs, traceable } from './support.ts';

test.skipIf(!traceable)(`a tour of eleven pairs that share their addresses is traced ${needs}`, async () => {
  const command = [process.execPath, 'lab/cli/main.ts', 'tour', '--hold', '50', '--trace', '--json'];
  const { stdout } = await execa('taskset', ['-c', '0', ...command], { cwd: ROOT });
  const { states } = JSON.parse(stdout) as TourResult;
  expect(states.flatMap(({ problems }) => problems)).toEqual([]);
  const trace = (state: string) =>
    (states.find((stage) => stage.state === state)?.trace ?? []).map((line) =>
      line.replace(/^\s*[\d.]+ ms {2}/, ''),
    );
  const ports = (line: string) => line.replace(/\d+ ↔ \d+/, 'ports');
  // A state that only sock_diag can see is not there; one that is held is entered and left.
  expect(trace('CLOSING').map(ports)).toContain('server  ports  FIN_WAIT_1 → CLOSING');
  expect(trace('LAST_ACK').map(ports)).toContain('server  ports  CLOSE_WAIT → LAST_ACK');
  expect(trace('FIN_WAIT_1').map(ports)).toContain('client  ports  FIN_WAIT_1 → FIN_WAIT_2');
  expect(trace('TIME_WAIT').join()).not.toMatch(/→ TIME_WAIT/);
  // Each line is of a socket of that pair, whose client connects once. Of TIME_WAIT the ports are fixed: beside another tour
  // it may be left out.
  for (const state of ['SYN_SENT', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSE_WAIT', 'LAST_ACK']) {
    const of = trace(state).filter((line) => !line.includes('8080 ↔ 0'));
    const clients = new Set(
      of.map((line) =>
        /(\d+) ↔ (\d+)/
          .exec(line)
          ?.slice(1)
          .find((port) => port !== '8080'),
      ),
    );
    expect([state, clients.size]).toEqual([state, 1]);
  }
});

test.skipIf(!isRoot)(
  'a user who may not trace gets the same tour, and is told why there is no trace (needs root to become one)',
  async () => {
    const { stdout, stderr, exitCode } = await asNobody((tcplab) =>
      tcplab('tour', '--hold', '50', '--trace', '--json'),
    );
    expect(stderr).toMatch(/^tcplab: going on without --trace: the tracepoint \S+ cannot be read/);
    const { states } = JSON.parse(stdout) as TourResult;
    expect(states.flatMap(({ problems }) => problems)).toEqual([]);
    expect(states.map(({ state, held, released, trace }) => ({ state, held, released, trace }))).toEqual(
      states.map(({ state }) => ({ state, held: true, released: true, trace: undefined })),
    );
    expect(states).toHaveLength(11);
    expect(exitCode).toBe(0);
  },
);
