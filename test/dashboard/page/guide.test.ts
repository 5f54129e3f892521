import { expect, test } from 'vitest';
import { guideStep } from '../../../lab/dashboard/page/guide.ts';
import type { Row } from '../../../lab/dashboard/page/rows.ts';
import type { HostStatus, RunStatus } from '../../../lab/dashboard/protocol.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import type { State } from '../../../lab/tcp/states.ts';
import { recorded, statusOf } from './recorded.ts';

/** What a kernel showed when a socket of a recorded run was in this state. */
function rowsIn(run: string, ...states: State[]): { server: Row[] } {
  const sockets = recorded(run).events.flatMap((event) =>
    event.kind === 'socket' && event.change !== 'gone' ? [event.socket] : [],
  );
  const row = (state: State): Row => ({
    socket: sockets.find((socket) => socket.state === state) as SocketRecord,
    changes: 0,
  });
  return { server: states.map(row) };
}

const run = (isClosed: boolean, client: HostStatus['programs'] = [], dropped = 0): RunStatus =>
  statusOf(1, {
    hosts: [
      { name: 'client', programs: client, gates: [], isHeld: false },
      {
        name: 'server',
        programs: [],
        gates: [{ gate: 'ack-of-syn-ack', isClosed, dropped }],
        isHeld: false,
      },
    ],
  });
const sentFiveTimes = (row: Row): Row => ({ ...row, socket: { ...row.socket, retransmits: 5 } });
const connecting = [{ pid: 7, name: 'connect.ts', isRunning: true }];
const listening = rowsIn('held-ack', 'LISTEN');
const half = rowsIn('held-ack', 'LISTEN', 'SYN_RCVD');

test.each([
  ['hosts', null, {}],
  ['hosts', statusOf(1, { how: 'check' }), {}],
  ['hosts', statusOf(1, { phase: 'over' }), half],
  ['making', statusOf(1, { phase: 'starting', hosts: [] }), {}],
  ['hosts', statusOf(1), {}],
  ['gate', statusOf(1), listening],
  ['gate', run(false), listening],
  ['client', run(true), listening],
  ['waiting', run(true, connecting), listening],
  ['held', run(true, connecting), half],
  ['given-up', run(true, connecting), { ...listening, client: rowsIn('held-ack', 'ESTABLISHED').server }],
  ['released', run(false, connecting), half],
  ['too-late', run(false, connecting, 6), { server: half.server.map(sentFiveTimes) }],
  ['through', run(false, connecting, 2), rowsIn('held-ack', 'LISTEN', 'ESTABLISHED')],
  ['held', run(true, connecting, 1), rowsIn('held-ack', 'LISTEN', 'ESTABLISHED', 'SYN_RCVD')],
  ['released', run(false, connecting, 7), { server: [...half.server.map(sentFiveTimes), ...half.server] }],
  [
    'given-up',
    run(true, connecting, 6),
    {
      ...rowsIn('held-ack', 'LISTEN', 'ESTABLISHED'),
      client: rowsIn('held-ack', 'ESTABLISHED', 'ESTABLISHED').server,
    },
  ],
  ['gate', run(false, connecting), rowsIn('held-ack', 'LISTEN', 'ESTABLISHED')],
  ['client', run(true, connecting), rowsIn('held-ack', 'LISTEN', 'ESTABLISHED')],
])('%s', (step, status, tables) => {
  expect(guideStep(status, tables)).toBe(step);
});
