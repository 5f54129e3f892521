import { writeFileSync } from 'node:fs';
import { closeNamespace, inNamespace, newNetworkNamespace } from '../../sys/namespace.ts';
import { Links } from './link.ts';

/** Indices of our own choice: whatever else the kernel puts into a new namespace is numbered from 1 on. */
const BRIDGE_INDEX = 1_000;
const PORT_INDEX = 1_001;

/** One host's link to the switch. */
export interface Plug {
  /** The host's namespace, as a descriptor. */
  readonly namespace: number;
  /** The name of its end, and the hardware address that it gets. */
  readonly name: string;
  readonly hardwareAddress: Uint8Array;
}

/**
 * What joins three hosts or more: a bridge in a namespace of its own, which no host sees. It knows from the start who is where,
 * so that no frame ever comes by a host that it is not for, and a host's tap shows that host's segments only.
 */
export class Switch implements Disposable {
  readonly #namespace = newNetworkNamespace();
  readonly #ports: readonly number[];

  /** Plugs every host in. The hosts' own ends are still down. @throws SystemCallError where the kernel has no bridges. */
  constructor(plugs: readonly Plug[]) {
    this.#ports = plugs.map((_, n) => PORT_INDEX + n);
    try {
      this.#enter((links) => {
        links.bridge(BRIDGE_INDEX, 'switch');
        links.up(BRIDGE_INDEX);
        for (const [n, plug] of plugs.entries()) {
          const index = PORT_INDEX + n;
          const here = { name: `port${n + 1}`, hardwareAddress: portAddress(n + 1) };
          links.connect(here, plug, plug.namespace, index);
          links.port(index, BRIDGE_INDEX, plug.hardwareAddress);
          links.up(index);
        }
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Waits until frames pass between all ports, the hosts' ends being up. @throws Error after two seconds. */
  untilReady(): void {
    this.#enter((links) => {
      for (const index of this.#ports) {
        links.untilOperating(index);
        links.untilForwarding(index);
      }
    });
  }

  close(): void {
    closeNamespace(this.#namespace);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #enter(work: (links: Links) => void): void {
    inNamespace(this.#namespace, () => {
      // The switch is no host: without this it would announce itself to the others over IPv6.
      writeFileSync('/proc/sys/net/ipv6/conf/all/disable_ipv6', '1');
      using links = new Links();
      work(links);
    });
  }
}

/** The switch's own end of a link; nobody ever sends anything there. */
function portAddress(n: number): Uint8Array {
  return Uint8Array.of(0x02, 0x74, 0x63, 0x70, 1, n);
}
