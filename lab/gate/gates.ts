import type { Place } from '../host/host.ts';
import { integer } from '../sys/arguments.ts';
import { monotonicNs } from '../sys/clock.ts';
import { Nftables } from '../sys/nftables.ts';
import { GATE_KINDS, type GateKind, type GateName } from './kinds.ts';

/** What a gate has held back since it was made. */
export interface GateCount {
  readonly segments: number;
  readonly bytes: number;
}

/** A gate was opened or closed. */
export interface GateChange {
  readonly host: string;
  readonly gate: GateName;
  readonly action: 'closed' | 'opened';
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly atNs: bigint;
  readonly dropped: GateCount;
}

const TABLE = 'inet tcplab';
/** Before connection tracking and every other filter of the host. */
const PRIORITY = -300;

/**
 * Holds segments back at one host, by rules in one nftables table of the host's own namespace. The rules, sets and counters
 * go with the namespace: nothing is left when a run ends, however it ends.
 */
export class Gates implements Disposable {
  readonly #host: Place;
  readonly #changed: (change: GateChange) => void;
  #nft: Nftables | undefined;
  #made = 0;

  /** @param changed is told of every opening and closing, after the kernel has done it. */
  constructor(host: Place, changed: (change: GateChange) => void = () => {}) {
    this.#host = host;
    this.#changed = changed;
  }

  /**
   * Makes a closed gate: from now on that kind of segment is dropped.
   * @param port of this host: segments of its other ports pass; all are held back when it is not said.
   * @throws NftablesError.
   */
  drop(name: GateName, { port }: { readonly port?: number } = {}): Gate {
    this.#nft ??= this.#table();
    this.#made += 1;
    return new Gate(
      name,
      this.#host.name,
      `${name.replaceAll('-', '_')}_${this.#made}`,
      this.#nft,
      this.#changed,
      port,
    );
  }

  close(): void {
    this.#nft?.close();
    this.#nft = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #table(): Nftables {
    const nft = this.#host.enter(() => new Nftables());
    const hooks = ['arriving:input', 'leaving:output'].map((pair) => {
      const [chain, hook] = pair.split(':');
      return `chain ${chain} { type filter hook ${hook} priority ${PRIORITY}; }`;
    });
    nft.run(`table ${TABLE} { ${hooks.join('; ')}; }`);
    return nft;
  }
}

/** One gate at one host. It starts closed. */
export class Gate {
  readonly name: GateName;
  readonly host: string;
  /** The port of its host that it is for; undefined when it is for all. */
  readonly port: number | undefined;
  readonly #id: string;
  readonly #nft: Nftables;
  readonly #changed: (change: GateChange) => void;
  #isOpen = true;

  /** Use `Gates.drop`. */
  constructor(
    name: GateName,
    host: string,
    id: string,
    nft: Nftables,
    changed: (change: GateChange) => void,
    port?: number,
  ) {
    this.name = name;
    this.host = host;
    this.port = port === undefined ? undefined : integer('port', port, 1, 65_535);
    this.#id = id;
    this.#nft = nft;
    this.#changed = changed;
    const kind: GateKind = GATE_KINDS[name];
    const sets = (kind.sets ?? []).map((set) => `set ${this.#fill(set)}`);
    const memory = (['arriving', 'leaving'] as const).flatMap((hook) =>
      (kind.remembers?.[hook] ?? []).map((rule) => `add rule ${TABLE} ${hook} ${this.#fill(rule)};`),
    );
    const passed = (kind.passed ?? []).map((rule) => `add rule ${TABLE} ${kind.side} ${this.#fill(rule)};`);
    nft.run(
      `table ${TABLE} { counter ${id} { }; ${sets.map((set) => `${set};`).join(' ')} chain ${id} { }; }
       ${memory.join('\n')}
       add rule ${TABLE} ${kind.side} jump ${id};
       ${passed.join('\n')}`,
    );
    this.close();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Lets everything pass from now on. What was dropped is gone: its sender sends it again when its timer says so. */
  open(): void {
    if (this.#isOpen) return;
    this.#nft.run(`flush chain ${TABLE} ${this.#id}`);
    this.#isOpen = true;
    this.#tell('opened');
  }

  /** Drops that kind of segment again. */
  close(): void {
    if (!this.#isOpen) return;
    const { closed, side } = GATE_KINDS[this.name];
    const own = this.port === undefined ? '' : `tcp ${side === 'arriving' ? 'dport' : 'sport'} ${this.port} `;
    const rules = closed.map((rule) => `add rule ${TABLE} ${this.#id} ${own}${this.#fill(rule)};`);
    this.#nft.run(rules.join('\n'));
    this.#isOpen = false;
    this.#tell('closed');
  }

  /** How much it has dropped, from the kernel's own counter. */
  dropped(): GateCount {
    const answer = this.#nft.json(`list counter ${TABLE} ${this.#id}`) as {
      nftables: { counter?: { packets: number; bytes: number } }[];
    };
    const counter = answer.nftables.find((entry) => entry.counter !== undefined)?.counter;
    if (counter === undefined)
      throw new Error(`the kernel has no counter for gate ${this.name} on ${this.host}`);
    return { segments: counter.packets, bytes: counter.bytes };
  }

  #fill(rule: string): string {
    return rule.replaceAll('{id}', this.#id).replaceAll('DROP', `counter name ${this.#id} drop`);
  }

  #tell(action: GateChange['action']): void {
    this.#changed({ host: this.host, gate: this.name, action, atNs: monotonicNs(), dropped: this.dropped() });
  }
}
