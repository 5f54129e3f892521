import { release } from 'node:os';
import { Gates } from '../gate/gates.ts';
import { adviseOnExit } from '../host/advise-exit.ts';
import { describeExit } from '../host/describe-exit.ts';
import type { RunOptions, WatchableHost } from '../host/host.ts';
import type { KnobName } from '../host/knobs.ts';
import type { RunningProgram } from '../host/program.ts';
import { realtimeNs } from '../sys/clock.ts';
import { counterNamed } from './counters.ts';
import { describeHosts } from './host-header.ts';
import type { Observer, Sight } from './observer.ts';
import { observerOf } from './observer-of.ts';
import { noteOutput } from './output.ts';
import { Recorder } from './recorder.ts';
import type { SocketRecord } from './sock-diag.ts';
import { ssLine, ssLines } from './ss.ts';
import type { TimelineData } from './timeline.ts';
import { joinTrace, type TraceShare } from './trace-share.ts';
import { Waits } from './waits.ts';
import { hostNames, Witness } from './witness.ts';

/** A host together with its witnesses, waits and gates. */
export interface ObservedHost<H extends WatchableHost = WatchableHost> {
  readonly host: H;
  readonly witness: Witness;
  readonly waits: Waits;
  readonly gates: Gates;
  /** Starts a program and notes its start and end in the timeline. */
  run(file: string, args: readonly string[], options?: RunOptions): Promise<RunningProgram>;
  /** The line `ss` prints for a socket now, noted in the timeline. */
  ss(socket: SocketRecord): Promise<string>;
  /** Every line `ss` prints now, each noted in the timeline; an empty one when there are none. */
  ssTable(): Promise<readonly string[]>;
  /** Reads counters of the host's network stack by their names, and notes them in the timeline. */
  counters(names: readonly string[]): Promise<void>;
  /** Reads sysctls that are one number, and notes each as the counter `sysctl.NAME`; one that this kernel has not, not at all. */
  readKnobs(names: readonly KnobName[]): Promise<void>;
}

/** What stands before a sysctl's name among the counters. */
const SYSCTL = 'sysctl.';

/** How many lines of one `ss` go into a timeline. */
const SS_LINES = 64;

/** Everything that watches a network, and the one timeline it writes. Start it before the first program. */
export class Observation<H extends WatchableHost = WatchableHost> implements AsyncDisposable {
  readonly recorder = new Recorder();
  /** Those that were started, in that order. */
  readonly programs: RunningProgram[] = [];
  readonly #startedNs = realtimeNs();
  readonly #hosts = new Map<string, ObservedHost<H>>();
  readonly #trace: TraceShare | undefined;

  constructor(hosts: Iterable<H>) {
    const all = [...hosts];
    const nameOf = hostNames(all);
    this.#trace = joinTrace(
      this.recorder,
      describeHosts(all).hosts.flatMap(({ addresses }) => addresses),
    );
    for (const host of all) this.#hosts.set(host.name, this.#observe(host, nameOf));
  }

  /** @throws Error that names the hosts there are. */
  of(name: string): ObservedHost<H> {
    const observed = this.#hosts.get(name);
    if (observed === undefined) {
      throw new Error(`no host "${name}"; the hosts are: ${[...this.#hosts.keys()].join(', ')}`);
    }
    return observed;
  }

  /** A step in words, at this instant. */
  step(text: string, host?: string): void {
    const atMs = this.recorder.milliseconds();
    this.recorder.add(host === undefined ? { kind: 'step', atMs, text } : { kind: 'step', atMs, host, text });
  }

  /** One more look at every host, so that what happened until now is in the timeline. */
  async look(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map(({ witness }) => witness.look()));
  }

  /** The timeline so far, as plain data. */
  timeline(): TimelineData {
    this.#trace?.drain();
    const hosts = [...this.#hosts.values()].map(({ host }) => host);
    return {
      header: {
        schema: 'tcplab/timeline/1',
        startedAt: new Date(Number(this.#startedNs / 1_000_000n)).toISOString(),
        startedAtNs: String(this.#startedNs),
        kernel: release(),
        ...describeHosts(hosts),
        ...(this.#trace === undefined ? {} : { trace: this.#trace.header() }),
      },
      events: [...this.recorder.events],
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map(({ witness }) => witness.close()));
    this.#trace?.leave();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #observe(host: H, nameOf: (address: string) => string): ObservedHost<H> {
    const { recorder } = this;
    const begin = (sight: Sight): Observer => observerOf(host, sight);
    const witness = new Witness(host.name, begin, recorder, nameOf, () => this.#trace?.drain());
    const { observer } = witness;
    const gates = new Gates(host.name, observer.rules, ({ gate, port, action, atNs, dropped }) => {
      recorder.add({
        kind: 'gate',
        atMs: recorder.milliseconds(atNs),
        host: host.name,
        gate,
        ...(port === undefined ? {} : { port }),
        action,
        dropped: dropped.segments,
      });
    });
    return {
      host,
      witness,
      waits: new Waits(witness, recorder),
      gates,
      run: async (file, args, options) => {
        const program = noted(await host.run(file, args, options), recorder);
        this.programs.push(program);
        return program;
      },
      ss: async (socket) => {
        const text = await ssLine(host, socket.cookie);
        recorder.add({ kind: 'ss', atMs: recorder.milliseconds(), host: host.name, text });
        return text;
      },
      ssTable: async () => {
        const lines = await ssLines(host);
        const atMs = recorder.milliseconds();
        const hidden = lines.length - SS_LINES;
        const shown = hidden > 0 ? [...lines.slice(0, SS_LINES), `… ${hidden} more`] : lines;
        for (const text of shown.length === 0 ? [''] : shown) {
          recorder.add({ kind: 'ss', atMs, host: host.name, text });
        }
        return lines;
      },
      counters: async (names) => {
        const all = await observer.counters();
        const atMs = recorder.milliseconds();
        for (const name of names) {
          recorder.add({ kind: 'counter', atMs, host: host.name, name, value: counterNamed(all, name) });
        }
      },
      readKnobs: async (names) => {
        for (const name of names) {
          const value = await observer.sysctl(name);
          const atMs = recorder.milliseconds();
          if (value !== undefined)
            recorder.add({ kind: 'counter', atMs, host: host.name, name: `${SYSCTL}${name}`, value });
        }
      },
    };
  }
}

function noted(program: RunningProgram, recorder: Recorder): RunningProgram {
  const { host, name, pid } = program;
  recorder.add({
    kind: 'program',
    atMs: recorder.milliseconds(program.startedNs),
    host,
    program: name,
    pid,
    action: 'started',
  });
  noteOutput(program, recorder);
  void program.exited.then(({ code, signal }) => {
    const how = signal === null ? `exit code ${code}` : signal;
    recorder.add({
      kind: 'program',
      atMs: recorder.milliseconds(program.closedNs),
      host,
      program: name,
      pid,
      action: 'ended',
      how,
      ...(program.stopping ? {} : ownEnd(program)),
    });
  });
  return program;
}

/** What to say of a program that ended before the lab stopped it. */
function ownEnd(program: RunningProgram): { because: string; advice?: string } {
  const advice = adviseOnExit(program);
  return { because: describeExit(program), ...(advice === undefined ? {} : { advice }) };
}
