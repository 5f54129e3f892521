import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SystemCallError } from '../../sys/errno.ts';
import { UnixSocket } from '../../sys/unix-socket.ts';
import type { CallsRun } from '../run.ts';

/** A listener with this backlog holds one connection more. */
const BACKLOG = 1;
/** How long a connect() that may wait does so. The lab stands still meanwhile. */
export const PATIENCE_MS = 25;

/** A UNIX-domain listener that accepts nothing: its queue fills up, and then it is asked in each way there is. */
export const UNIX_QUEUE = {
  lastsMs: 500,
  async call() {
    const folder = mkdtempSync(join(tmpdir(), 'tcplab-unix-'));
    const path = join(folder, 'socket');
    using stack = new DisposableStack();
    stack.defer(() => rmSync(folder, { recursive: true }));
    const connects = (socket: UnixSocket): string => outcome(() => stack.use(socket).connect(path));
    const listener = stack.use(UnixSocket.open());
    listener.bind(path);
    const bound = connects(UnixSocket.open());
    listener.listen(BACKLOG);
    const queued = Array.from({ length: BACKLOG + 1 }, () => connects(UnixSocket.open()));
    const full = connects(UnixSocket.open());
    const ss = await ssOf(path);
    const begunMs = performance.now();
    const patient = connects(UnixSocket.patient(PATIENCE_MS));
    const waitedMs = Math.round(performance.now() - begunMs);
    listener.acceptAndClose();
    const room = connects(UnixSocket.patient(PATIENCE_MS));
    return { bound, queued: queued.join(', '), full, ss, patient, waitedMs: String(waitedMs), room };
  },
} satisfies CallsRun;

/** `0`, or the name of the error. */
function outcome(call: () => void): string {
  try {
    call();
    return '0';
  } catch (error) {
    if (error instanceof SystemCallError) return error.code;
    throw error;
  }
}

/** What `ss` prints for the listener at a path. ss(8), `-x`. */
async function ssOf(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ss', ['-H', '-x', '-l', 'src', path]);
  return stdout.trim().replaceAll(/\s+/g, ' ');
}
