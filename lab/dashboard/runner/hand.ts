import type { Gate } from '../../gate/gates.ts';
import type { GateName } from '../../gate/kinds.ts';
import { Wire } from '../../gate/wire.ts';
import type { Observation } from '../../observe/observation.ts';
import type { GateStatus } from '../protocol.ts';

/** How often the kernel is asked what closed gates have dropped, in milliseconds. */
const COUNT_MS = 150;

interface OwnGate {
  readonly gate: Gate;
  dropped: number;
}

/** The hand on the wire: gates and held wires of a run that goes on, moved from the page. */
export class Hand {
  readonly #observation: Observation;
  readonly #changed: () => void;
  readonly #gates = new Map<string, Promise<OwnGate>>();
  /** Those that the kernel has made. */
  readonly #made = new Map<string, OwnGate>();
  readonly #wires = new Map<string, { readonly wire: Wire; isHeld: boolean }>();
  readonly #count: NodeJS.Timeout;

  /** @param changed is told when anything of `gatesOf` or `isHeld` is another than before. */
  constructor(observation: Observation, changed: () => void) {
    this.#observation = observation;
    this.#changed = changed;
    this.#count = setInterval(() => void this.#countDropped().catch(() => {}), COUNT_MS).unref();
  }

  /** Whether it was ever used. */
  get isUsed(): boolean {
    return this.#gates.size > 0 || this.#wires.size > 0;
  }

  /** Closes a gate at a host, or opens it. @throws NftablesError, Error for a host that is not there. */
  async gate(host: string, name: GateName, closed: boolean): Promise<void> {
    const { gates } = this.#observation.of(host);
    const key = keyOf(host, name);
    const known = this.#gates.get(key);
    if (known === undefined && !closed) return;
    const making = known ?? gates.drop(name).then((gate) => ({ gate, dropped: 0 }));
    this.#gates.set(key, making);
    const own = await making;
    this.#made.set(key, own);
    if (closed) await own.gate.close();
    else await own.gate.open();
    own.dropped = (await own.gate.dropped()).segments;
    this.#changed();
  }

  /** Makes what a host sends wait, or lets it go. @throws WireError, Error for a host that is not there. */
  async wire(name: string, held: boolean): Promise<void> {
    const { host } = this.#observation.of(name);
    const note = (action: string): void =>
      this.#observation.step(`what the ${name} sends is ${action}`, name);
    const own = this.#wires.get(name) ?? { wire: new Wire(host, note), isHeld: false };
    this.#wires.set(name, own);
    if (own.isHeld === held) return;
    own.isHeld = held;
    if (held) await own.wire.hold();
    else await own.wire.release();
    this.#changed();
  }

  gatesOf(host: string): GateStatus[] {
    return [...this.#made.values()]
      .filter(({ gate }) => gate.host === host)
      .map(({ gate, dropped }) => ({ gate: gate.name, isClosed: !gate.isOpen, dropped }));
  }

  isHeld(host: string): boolean {
    return this.#wires.get(host)?.isHeld ?? false;
  }

  /** Stops counting. The gates go with their hosts. */
  close(): void {
    clearInterval(this.#count);
  }

  async #countDropped(): Promise<void> {
    for (const own of this.#made.values()) {
      if (own.gate.isOpen) continue;
      const { segments } = await own.gate.dropped();
      if (segments === own.dropped) continue;
      own.dropped = segments;
      this.#changed();
    }
  }
}

function keyOf(host: string, gate: GateName): string {
  return `${host}/${gate}`;
}
