import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { UnixSocket } from '../../../lab/sys/unix-socket.ts';
import { thrown } from '../support/thrown.ts';

const folder = mkdtempSync(join(tmpdir(), 'tcplab-unix-'));
const path = join(folder, 'socket');
const open: UnixSocket[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function kept(socket: UnixSocket): UnixSocket {
  open.push(socket);
  return socket;
}

test('a listener queues one connection more than its backlog; beyond that connect() waits, or says EAGAIN', () => {
  const listener = kept(UnixSocket.open());
  expect(thrown(() => kept(UnixSocket.open()).connect(path))).toMatchObject({ code: 'ENOENT' });
  listener.bind(path);
  expect(thrown(() => kept(UnixSocket.open()).connect(path))).toMatchObject({ code: 'ECONNREFUSED' });
  listener.listen(0);
  expect(thrown(() => listener.acceptAndClose())).toMatchObject({ code: 'EAGAIN' });
  kept(UnixSocket.open()).connect(path);
  expect(thrown(() => kept(UnixSocket.open()).connect(path))).toMatchObject({ code: 'EAGAIN' });
  const begunMs = performance.now();
  expect(thrown(() => kept(UnixSocket.patient(20)).connect(path))).toMatchObject({ code: 'EAGAIN' });
  expect(performance.now() - begunMs).toBeGreaterThanOrEqual(19);
  listener.acceptAndClose();
  kept(UnixSocket.open()).connect(path);
  expect(() => UnixSocket.patient(0)).toThrow(RangeError);
  expect(() => kept(UnixSocket.open()).bind('x'.repeat(108))).toThrow(RangeError);
});
