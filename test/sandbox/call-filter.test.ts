import { expect, test } from 'vitest';
import { callFilter } from '../../lab/host/sandbox/call-filter.ts';
import {
  type CallNumbers,
  CLONE,
  FORBIDDEN_CALLS,
  MISSING_CALLS,
  NEWEST_CALL,
  SOCKET,
} from '../../lab/host/sandbox/forbidden-calls.ts';
import { errnoNumber } from '../../lab/sys/errno.ts';

const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const refused = (name: Parameters<typeof errnoNumber>[0]): number => 0x0005_0000 + errnoNumber(name);

const MACHINES = [
  { arch: 'x64', audit: 0xc000_003e, other: 0xc000_00b7, read: 0, execve: 59 },
  { arch: 'arm64', audit: 0xc000_00b7, other: 0xc000_003e, read: 63, execve: 221 },
] as const;

/** Does what the kernel does with a filter, for the steps that the lab's has. seccomp(2), Documentation/networking/filter.rst. */
function decide(filter: Buffer, audit: number, call: number, args: readonly number[] = []): number {
  const seen = Buffer.alloc(64);
  seen.writeUInt32LE(call, 0);
  seen.writeUInt32LE(audit, 4);
  for (const [n, value] of args.entries()) seen.writeUInt32LE(value, 16 + 8 * n);
  let word = 0;
  for (let at = 0; ; at++) {
    const code = filter.readUInt16LE(at * 8);
    const [onTrue = 0, onFalse = 0] = filter.subarray(at * 8 + 2, at * 8 + 4);
    const k = filter.readUInt32LE(at * 8 + 4);
    const jump = (holds: boolean): void => {
      at += holds ? onTrue : onFalse;
    };
    if (code === 0x20) word = seen.readUInt32LE(k);
    else if (code === 0x54) word = (word & k) >>> 0;
    else if (code === 0x05) at += k;
    else if (code === 0x15) jump(word === k);
    else if (code === 0x25) jump(word > k);
    else if (code === 0x45) jump((word & k) !== 0);
    else if (code === 0x06) return k;
    else throw new Error(`no such step: ${code.toString(16)}`);
  }
}

for (const { arch, audit, other, read, execve } of MACHINES) {
  const filter = callFilter(arch);
  const numberOf = (call: CallNumbers): number => call[arch] as number;
  const hereOf = (calls: Readonly<Record<string, CallNumbers>>): number[] =>
    Object.values(calls).flatMap((call) => (call[arch] === undefined ? [] : [call[arch]]));

  test(`${arch}: what is forbidden is refused, and everything else allowed`, () => {
    const forbidden = Object.values(FORBIDDEN_CALLS).flatMap(hereOf);
    const missing = hereOf(MISSING_CALLS);
    expect(new Set([...forbidden, ...missing]).size).toBe(forbidden.length + missing.length);
    for (const call of forbidden) expect(decide(filter, audit, call)).toBe(refused('EPERM'));
    for (const call of missing) expect(decide(filter, audit, call)).toBe(refused('ENOSYS'));
    for (const call of [read, execve, NEWEST_CALL]) expect(decide(filter, audit, call)).toBe(ALLOW);
    for (const call of [NEWEST_CALL + 1, 0x4000_0000 + read, 0xffff_ffff])
      expect(decide(filter, audit, call)).toBe(refused('ENOSYS'));
  });

  test(`${arch}: calls of another architecture end the process`, () => {
    expect(decide(filter, other, read)).toBe(KILL);
    expect(decide(filter, 0x4000_0003, read)).toBe(KILL);
  });

  test(`${arch}: clone makes processes and threads, and no namespaces`, () => {
    const clone = (flags: number): number => decide(filter, audit, numberOf(CLONE), [flags]);
    expect(clone(17)).toBe(ALLOW);
    expect(clone(0x3d_0f00)).toBe(ALLOW);
    for (const flag of [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000])
      expect(clone(flag | 17)).toBe(refused('EPERM'));
  });

  test(`${arch}: sockets by family, type and protocol`, () => {
    const socket = (...args: number[]): number => decide(filter, audit, numberOf(SOCKET), args);
    for (const family of [2, 10]) {
      for (const allowed of [
        [family, 1, 0],
        [family, 0x80801, 6],
        [family, 2, 17],
        [family, 3, 255],
      ])
        expect(socket(...allowed)).toBe(ALLOW);
      for (const [type, protocol] of [
        [1, 262],
        [1, 132],
        [2, 136],
        [5, 132],
        [6, 33],
        [10, 0],
      ] as const)
        expect(socket(family, type, protocol)).toBe(refused('EPROTONOSUPPORT'));
    }
    expect(socket(1, 1, 0)).toBe(ALLOW);
    for (const protocol of [0, 4]) expect(socket(16, 3, protocol)).toBe(ALLOW);
    for (const protocol of [2, 12, 15, 16]) expect(socket(16, 3, protocol)).toBe(refused('EPROTONOSUPPORT'));
    for (const family of [0, 17, 29, 31, 38, 40, 44])
      expect(socket(family, 3, 0)).toBe(refused('EAFNOSUPPORT'));
  });
}

test('an architecture that the lab does not know has no filter', () => {
  expect(() => callFilter('riscv64')).toThrow('knows x86-64 and arm64, not riscv64');
});
