import { readSync } from 'node:fs';
import { descriptor, integer } from './arguments.ts';
import { libcFcntl, libcIoctl, libcPerfEventOpen } from './libc.ts';
import { checked } from './system-call.ts';

/** The call has no function in the C library. syscalls(2). */
const PERF_EVENT_OPEN: Readonly<Partial<Record<NodeJS.Architecture, number>>> = { x64: 298, arm64: 241 };

/** `struct perf_event_attr`, include/uapi/linux/perf_event.h, up to `sample_max_stack` (PERF_ATTR_SIZE_VER5). */
const ATTRIBUTES = 112;
const TYPE = 0;
const SIZE = 4;
const CONFIG = 8;
const SAMPLE_PERIOD = 16;
const SAMPLE_TYPE = 24;
const BITS = 40;
const WAKEUP_EVENTS = 48;
const CLOCK_ID = 92;

const PERF_TYPE_TRACEPOINT = 2;
const PERF_SAMPLE_TIME = 1n << 2n;
const PERF_SAMPLE_RAW = 1n << 10n;
const USE_CLOCKID = 1n << 25n;
const CLOCK_MONOTONIC = 1;
const EVERY_TASK = -1;
const NO_GROUP = -1;
const PERF_FLAG_FD_CLOEXEC = 8;
const PERF_EVENT_IOC_SET_OUTPUT = 0x2405;
const F_SETFD = 2;
const FD_CLOEXEC = 1;

/**
 * Has one processor's hits of a tracepoint recorded, each with its time on CLOCK_MONOTONIC, for as long as the descriptor
 * is open anywhere; nothing else on the machine is changed. Reading them is for perf-ring.ts. Needs CAP_PERFMON (before
 * Linux 5.8 CAP_SYS_ADMIN) in the first user namespace. perf_event_open(2).
 * @param id the number tracefs gives for the tracepoint
 * @throws SystemCallError EACCES, EPERM; ENOSYS where the lab does not know the call's number.
 */
export function openTracepoint(id: number, cpu: number): number {
  const attributes = Buffer.alloc(ATTRIBUTES);
  attributes.writeUInt32LE(PERF_TYPE_TRACEPOINT, TYPE);
  attributes.writeUInt32LE(ATTRIBUTES, SIZE);
  attributes.writeBigUInt64LE(BigInt(integer('tracepoint id', id, 1, 0xffff)), CONFIG);
  attributes.writeBigUInt64LE(1n, SAMPLE_PERIOD);
  attributes.writeBigUInt64LE(PERF_SAMPLE_TIME | PERF_SAMPLE_RAW, SAMPLE_TYPE);
  attributes.writeBigUInt64LE(USE_CLOCKID, BITS);
  attributes.writeUInt32LE(1, WAKEUP_EVENTS);
  attributes.writeInt32LE(CLOCK_MONOTONIC, CLOCK_ID);
  const call = PERF_EVENT_OPEN[process.arch] ?? -1;
  return checked(
    'perf_event_open',
    () =>
      libcPerfEventOpen(
        call,
        attributes,
        EVERY_TASK,
        integer('cpu', cpu, 0, 0xffff),
        NO_GROUP,
        PERF_FLAG_FD_CLOEXEC,
      ),
    `(tracepoint ${id}, processor ${cpu})`,
  );
}

/** Has the records of one event written into the ring of another of the same processor, which must be mapped already. */
export function recordInto(event: number, ring: number): void {
  checked(
    'ioctl',
    () => libcIoctl(event, PERF_EVENT_IOC_SET_OUTPUT, BigInt(ring)),
    '(PERF_EVENT_IOC_SET_OUTPUT)',
  );
}

/** How often an event has happened since it was opened, recorded or not. perf_event_open(2), "Reading results". */
export function hitsOf(event: number): number {
  const count = Buffer.alloc(8);
  readSync(event, count);
  return Number(count.readBigUInt64LE(0));
}

/** Keeps an inherited descriptor from being inherited further. fcntl(2). */
export function closeOnExec(fd: number): void {
  checked('fcntl', () => libcFcntl(descriptor(fd), F_SETFD, FD_CLOEXEC), '(FD_CLOEXEC)');
}
