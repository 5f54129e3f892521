import { getSystemErrorName } from 'node:util';
import { koffi, libc, report } from './calls.ts';

const raw = libc.func('syscall', 'long', ['long', 'long', 'long', 'long']);
const word = (number: number): string => (Number(raw(number, 0x1000_0000, 0, 0)) === -1 ? getSystemErrorName(-koffi.errno()) : 'ok');
const UNSHARE = 272;
report({ x32: process.arch === 'x64' ? word(0x4000_0000 + UNSHARE) : 'ENOSYS', future: word(600) });
