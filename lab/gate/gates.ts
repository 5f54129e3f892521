import { integer } from '../sys/arguments.ts';
import { GATE_KINDS, type GateKind, type GateName } from './kinds.ts';
import type { Rules } from './rules.ts';

/** What a gate has held back since it was made. */
export interface GateCount {
  readonly segments: number;
  readonly bytes: number;
}

/** A gate was opened or closed. */
export interface GateChange {
  readonly host: string;
  readonly gate: GateName;
  /** The only port it drops segments of; absent when it drops those of every port. */
  readonly port?: number;
  readonly action: 'closed' | 'opened';
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly atNs: bigint;
  readonly dropped: GateCount;
}

const TABLE = 'inet tcplab';
/** Before connection tracking and every other filter of the host. */
const PRIORITY = -300;
const OWN_TABLE = `table ${TABLE} { ${[chain('arriving', 'input'), chain('leaving', 'output')].join('; ')}; }`;

function chain(name: string, hook: string): string {
  return `chain ${name} { type filter hook ${hook} priority ${PRIORITY}; }`;
}

/**
 * Holds segments back at one host, by rules in one nftables table of the host's own namespace. The rules, sets and counters
 * go with the namespace: nothing is left when a run ends, however it ends.
 */
export class Gates {
  readonly #host: string;
  readonly #rules: Rules;
  readonly #changed: (change: GateChange) => void;
  #table: Promise<bigint> | undefined;
  #made = 0;

  /**
   * @param host its name
   * @param changed is told of every opening and closing, after the kernel has done it.
   */
  constructor(host: string, rules: Rules, changed: (change: GateChange) => void = () => {}) {
    this.#host = host;
    this.#rules = rules;
    this.#changed = changed;
  }

  /**
   * Makes a closed gate: from now on that kind of segment is dropped.
   * @param port of this host: segments of its other ports pass; all are held back when it is not said.
   * @throws NftablesError.
   */
  async drop(name: GateName, { port }: { readonly port?: number } = {}): Promise<Gate> {
    this.#made += 1;
    const id = `${name.replaceAll('-', '_')}_${this.#made}`;
    const gate = new Gate(name, this.#host, id, this.#rules, this.#changed, port);
    this.#table ??= this.#rules.run(OWN_TABLE);
    await this.#table;
    await gate.install();
    return gate;
  }
}

/** One gate at one host. It starts closed. */
export class Gate {
  readonly name: GateName;
  readonly host: string;
  /** The port of its host that it is for; undefined when it is for all. */
  readonly port: number | undefined;
  readonly #id: string;
  readonly #rules: Rules;
  readonly #changed: (change: GateChange) => void;
  #isOpen = true;

  /** Use `Gates.drop`. */
  constructor(
    name: GateName,
    host: string,
    id: string,
    rules: Rules,
    changed: (change: GateChange) => void,
    port?: number,
  ) {
    this.name = name;
    this.host = host;
    this.port = port === undefined ? undefined : integer('port', port, 1, 65_535);
    this.#id = id;
    this.#rules = rules;
    this.#changed = changed;
  }

  /** Makes its sets, counter and chain, once, and closes it. */
  async install(): Promise<void> {
    const id = this.#id;
    const kind: GateKind = GATE_KINDS[this.name];
    const sets = (kind.sets ?? []).map((set) => `set ${this.#fill(set)}`);
    const memory = (['arriving', 'leaving'] as const).flatMap((hook) =>
      (kind.remembers?.[hook] ?? []).map((rule) => `add rule ${TABLE} ${hook} ${this.#fill(rule)};`),
    );
    const passed = (kind.passed ?? []).map((rule) => `add rule ${TABLE} ${kind.side} ${this.#fill(rule)};`);
    await this.#rules.run(
      `table ${TABLE} { counter ${id} { }; ${sets.map((set) => `${set};`).join(' ')} chain ${id} { }; }
       ${memory.join('\n')}
       add rule ${TABLE} ${kind.side} jump ${id};
       ${passed.join('\n')}`,
    );
    await this.close();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Lets everything pass from now on. What was dropped is gone: its sender sends it again when its timer says so. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    await this.#tell('opened', await this.#rules.run(`flush chain ${TABLE} ${this.#id}`));
  }

  /** Drops that kind of segment again. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { closed, side } = GATE_KINDS[this.name];
    const own = this.port === undefined ? '' : `tcp ${side === 'arriving' ? 'dport' : 'sport'} ${this.port} `;
    const rules = closed.map((rule) => `add rule ${TABLE} ${this.#id} ${own}${this.#fill(rule)};`);
    await this.#tell('closed', await this.#rules.run(rules.join('\n')));
  }

  /** How much it has dropped, from the kernel's own counter. */
  async dropped(): Promise<GateCount> {
    const answer = (await this.#rules.json(`list counter ${TABLE} ${this.#id}`)) as {
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

  async #tell(action: GateChange['action'], atNs: bigint): Promise<void> {
    const dropped = await this.dropped();
    const own = this.port === undefined ? {} : { port: this.port };
    this.#changed({ host: this.host, gate: this.name, ...own, action, atNs, dropped });
  }
}
