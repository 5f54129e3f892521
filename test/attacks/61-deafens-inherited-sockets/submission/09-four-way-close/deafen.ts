import { readdirSync, readlinkSync } from 'node:fs';
import { attempt, koffi, report } from './calls.ts';

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
// BPF_RET | BPF_K, 0: of each packet, nothing. struct sock_fprog.
const nothing = Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]);
const program = Buffer.alloc(16);
program.writeUInt16LE(1, 0);
program.writeBigUInt64LE(koffi.address(nothing), 8);
const deafened: string[] = [];
for (const fd of readdirSync('/proc/self/fd')) {
  if (Number(fd) < 3) continue;
  try {
    if (!readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')) continue;
  } catch {
    continue;
  }
  if (attempt('setsockopt', Number(fd), SOL_SOCKET, SO_ATTACH_FILTER, program, 16) === 'ok') deafened.push(fd);
}
report({ deafened: deafened.join(' ') });
