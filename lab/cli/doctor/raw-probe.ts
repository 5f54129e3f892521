/**
 * A program as the lab starts them, with CAP_NET_RAW alone: opens a raw TCP socket and marks what it would send, as raw
 * programs do. On failure prints `{ code, message }` and ends with exit code 1.
 */
import { RAW_MARK } from '../../gate/raw-mark.ts';
import { libcSetsockopt, libcSocket } from '../../sys/libc.ts';
import { checked } from '../../sys/system-call.ts';

const AF_INET = 2;
const SOCK_RAW = 3;
const IPPROTO_TCP = 6;
const SOL_SOCKET = 1;
const SO_MARK = 36;

try {
  const fd = checked('socket', () => libcSocket(AF_INET, SOCK_RAW, IPPROTO_TCP), '(raw)');
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(RAW_MARK);
  checked('setsockopt', () => libcSetsockopt(fd, SOL_SOCKET, SO_MARK, mark, 4), 'SO_MARK');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.log(JSON.stringify({ code, message }));
  process.exitCode = 1;
}
