import { descriptor } from './arguments.ts';
import { libcMmap, libcPageBytes } from './libc.ts';
import { viewMemory } from './memory.ts';
import { checked } from './system-call.ts';

const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;
/** 2,700 changes of state between two looks, and two labs within what a user may lock (perf_event_mlock_kb, 516 KiB). */
const RING_BYTES = 256 << 10;
/** `struct perf_event_mmap_page`, in 64-bit words. */
const DATA_HEAD = 1_024 / 8;
const DATA_TAIL = 1_032 / 8;
const DATA_OFFSET = 1_040 / 8;
const DATA_SIZE = 1_048 / 8;
const CONTROL_WORDS = 1_056 / 8;

/** `struct perf_event_header` is a 32-bit type, 16 bits we do not need, and a 16-bit size that counts the header. */
const HEADER = 8;
const PERF_RECORD_SAMPLE = 9;

/** One hit of a tracepoint. */
export interface Sample {
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly atNs: bigint;
  /** The record, laid out as the tracepoint's `format` file says. Valid only during the visit. */
  readonly raw: Buffer;
}

/**
 * The memory that the kernel writes one processor's samples into and we read them from. It stays mapped until the process
 * ends. perf_event_open(2), "MMAP layout".
 */
export class PerfRing {
  readonly #words: BigUint64Array;
  readonly #data: Buffer;

  /** @throws SystemCallError EPERM when this user has too much memory locked already. */
  constructor(event: number) {
    const length = libcPageBytes() + RING_BYTES;
    const address = checked(
      'mmap',
      () => libcMmap(null, length, PROT_READ_WRITE, MAP_SHARED, descriptor(event), 0),
      '(perf event)',
    );
    const memory = viewMemory(address, length);
    this.#words = new BigUint64Array(memory, 0, CONTROL_WORDS);
    this.#data = Buffer.from(memory, Number(this.#words[DATA_OFFSET]), Number(this.#words[DATA_SIZE]));
  }

  /**
   * Hands every waiting sample to `visit`, oldest first. Never waits. The kernel writes a record before it moves the head,
   * and takes a place again once the tail has passed it: both are read and written in that order, with Atomics, which work
   * on any memory and on every processor.
   */
  drain(visit: (sample: Sample) => void): void {
    const head = Atomics.load(this.#words, DATA_HEAD);
    let tail = Atomics.load(this.#words, DATA_TAIL);
    while (tail < head) tail += BigInt(this.#take(Number(tail % BigInt(this.#data.length)), visit));
    Atomics.store(this.#words, DATA_TAIL, tail);
  }

  /** @returns the size of the record at `at`. */
  #take(at: number, visit: (sample: Sample) => void): number {
    const type = this.#data.readUInt32LE(at);
    const size = this.#data.readUInt16LE(at + 6);
    const record = this.#bytes(at, size);
    if (type === PERF_RECORD_SAMPLE) {
      const length = record.readUInt32LE(HEADER + 8);
      const raw = record.subarray(HEADER + 12, HEADER + 12 + length);
      visit({ atNs: record.readBigUInt64LE(HEADER), raw });
    }
    return size;
  }

  /** A record may begin at the end of the ring and go on at its beginning; a header never does. */
  #bytes(at: number, size: number): Buffer {
    const end = at + size;
    if (end <= this.#data.length) return this.#data.subarray(at, end);
    return Buffer.concat([this.#data.subarray(at), this.#data.subarray(0, end - this.#data.length)]);
  }
}
