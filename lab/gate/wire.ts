import type { Host } from '../host/host.ts';

/** The wire could not be held or let go: `ip` refused. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code = 'wire';
}

/**
 * The way out of one host. What is sent while it is held waits, in order and unchanged, in the kernel's queue for a neighbour
 * whose hardware address is not known yet; let go, all of it leaves at once. It is what a long cable does: a gate drops, and
 * what is sent again after it says something newer. ip-neighbour(8), nud `incomplete`.
 *
 * The queue has room for about a hundred small packets (`unres_qlen_bytes`). What TCP sends again meanwhile waits, too.
 */
export class Wire {
  readonly #host: Host;
  readonly #changed: (action: 'held' | 'let go') => void;
  #neighbours: { readonly address: string; readonly device: string; readonly hardware: string }[] = [];

  /** @param changed is told of every change, after the kernel has made it. */
  constructor(host: Host, changed: (action: 'held' | 'let go') => void = () => {}) {
    this.#host = host;
    this.#changed = changed;
  }

  /** From now on nothing leaves this host; it waits. @throws WireError. */
  async hold(): Promise<void> {
    if (this.#neighbours.length > 0) return;
    const shown = await this.#ip(['neighbour', 'show', 'nud', 'permanent']);
    for (const line of shown.split('\n')) {
      const [address, , device, , hardware] = line.split(' ');
      if (address === undefined || device === undefined || hardware === undefined) continue;
      this.#neighbours.push({ address, device, hardware });
      await this.#ip(['neighbour', 'replace', address, 'dev', device, 'nud', 'incomplete']);
    }
    this.#changed('held');
  }

  /** Lets what has waited leave, and everything after it. @throws WireError. */
  async release(): Promise<void> {
    for (const { address, device, hardware } of this.#neighbours.splice(0)) {
      const known = ['lladdr', hardware, 'nud', 'permanent'];
      await this.#ip(['neighbour', 'replace', address, 'dev', device, ...known]);
    }
    this.#changed('let go');
  }

  async #ip(args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#host.exec('ip', args);
    if (exitCode === 0) return stdout;
    throw new WireError(`ip ${args.join(' ')} on the ${this.#host.name}: ${stderr.trim()}`);
  }
}
