import type { TraceDescriptors } from '../host/namespaces/kept-trace.ts';
import { monotonicNs } from '../sys/clock.ts';
import { closeOnExec, hitsOf, recordInto } from '../sys/perf-event.ts';
import { PerfRing } from '../sys/perf-ring.ts';
import { whenReadable } from '../sys/readiness.ts';
import { readTracepoint, TRACEPOINTS } from '../sys/tracefs.ts';
import type { Recorder } from './recorder.ts';
import { parseTraceFormat } from './trace-format.ts';
import { type Hit, type HitReader, hitReader } from './trace-hit.ts';
import { Lives, type SeenSocket } from './trace-lives.ts';
import type { TraceShare } from './trace-share.ts';

/** An observation that takes part. */
interface Member {
  readonly recorder: Recorder;
  /** The addresses of its hosts. */
  readonly addresses: ReadonlySet<string>;
  readonly sinceNs: bigint;
  readonly stopSeeing: () => void;
}

/**
 * The third witness: what the kernel's tracepoints say of the sockets of every observation in this process. It sees what is
 * too short for sock_diag. The kernel ends it with the last descriptor.
 */
export class Trace {
  readonly #rings: readonly PerfRing[];
  readonly #readers: ReadonlyMap<number, HitReader>;
  readonly #events: readonly number[];
  /** What the kernel had counted when we began to record. */
  readonly #countedBefore: number;
  #recorded = 0;
  readonly #members = new Set<Member>();
  readonly #lives = new Lives<Member>((hit, seen) => this.#report(hit, seen));
  #held: Hit[] = [];

  /** @throws SystemCallError, TraceFormatError */
  constructor({ descriptors, rings }: TraceDescriptors) {
    this.#readers = new Map(TRACEPOINTS.flatMap(readerOf));
    for (const fd of descriptors) closeOnExec(fd);
    const leaders = descriptors.slice(0, rings);
    this.#rings = leaders.map((fd) => new PerfRing(fd));
    for (const [n, fd] of descriptors.slice(rings).entries()) recordInto(fd, leaders[n % rings] as number);
    this.#events = descriptors;
    this.#countedBefore = this.#counted();
    for (const fd of leaders) whenReadable(fd, () => this.drain()).unref();
  }

  /** Reports to `recorder` what is traced of the sockets that it is told of from now on. @returns how to take part. */
  join(recorder: Recorder, addresses: Iterable<string>): TraceShare {
    const member: Member = {
      recorder,
      addresses: new Set([...addresses].flatMap((address) => [address, `::ffff:${address}`])),
      sinceNs: recorder.originNs,
      stopSeeing: recorder.onEvent((event) => {
        if (event.kind !== 'socket' || event.change === 'gone') return;
        this.#lives.see({ owner: member, host: event.host, socket: event.socket });
      }),
    };
    this.#members.add(member);
    return {
      drain: () => this.drain(),
      header: () => ({
        leftOut: this.#lives.leftOut(member.addresses, member.sinceNs),
        lost: this.#lost(),
        mistaken: this.#lives.mistaken,
      }),
      leave: () => this.#leave(member),
    };
  }

  /**
   * Takes what was traced until now. The rings are read one after the other, so of what comes meanwhile one may give the later
   * half only: that is held back until the next time.
   */
  drain(): void {
    const untilNs = monotonicNs();
    const hits = this.#held;
    for (const ring of this.#rings) {
      ring.drain(({ atNs, raw }) => {
        this.#recorded += 1;
        const hit = this.#readers.get(raw.readUInt16LE(0))?.(atNs, raw);
        if (hit !== undefined) hits.push(hit);
      });
    }
    hits.sort((a, b) => Number(a.atNs - b.atNs));
    this.#held = hits.filter(({ atNs }) => atNs > untilNs);
    for (const hit of hits) if (hit.atNs <= untilNs) this.#lives.add(hit, this.#mayBeOurs(hit));
    this.#lives.settle();
  }

  /**
   * The kernel counts every hit, but may not record it: when the ring is full, and on some kernels, without a word, when the
   * processor was idle but for this (seen on 6.18 with `perf record` too, on every processor but the first).
   */
  #lost(): number {
    const counted = this.#counted();
    this.drain();
    return Math.max(counted - this.#countedBefore - this.#recorded, 0);
  }

  #counted(): number {
    return this.#events.reduce((sum, fd) => sum + hitsOf(fd), 0);
  }

  #leave(member: Member): void {
    member.stopSeeing();
    this.#members.delete(member);
    this.#lives.forget(member);
  }

  #mayBeOurs({ local }: Hit): boolean {
    return [...this.#members].some(({ addresses }) => addresses.has(local.address));
  }

  #report({ atNs, what }: Hit, { owner, host, socket }: SeenSocket<Member>): void {
    if (what.tracepoint === 'tcp_destroy_sock' || !this.#members.has(owner)) return;
    const { recorder } = owner;
    const { cookie, local, remote } = socket;
    recorder.add({ kind: 'trace', atMs: recorder.milliseconds(atNs), host, cookie, local, remote, ...what });
  }
}

function readerOf(tracepoint: (typeof TRACEPOINTS)[number]): [number, HitReader][] {
  const text = readTracepoint(tracepoint, 'format');
  if (text === undefined) return [];
  const format = parseTraceFormat(text);
  return [[format.id, hitReader(format)]];
}
