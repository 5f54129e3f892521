import { SystemCallError } from '../../sys/errno.ts';
import {
  attribute,
  findAttribute,
  NETLINK_ROUTE,
  Netlink,
  NLM_F_CREATE,
  NLM_F_EXCL,
  numberAttribute,
  stringAttribute,
} from '../../sys/netlink.ts';
import { family, parseAddress } from '../../tcp/address.ts';

/** rtnetlink(7): message types, attributes and flags, from include/uapi/linux/{rtnetlink,if_link,if_addr,neighbour,veth}.h. */
const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const RTM_NEWADDR = 20;
const RTM_DELROUTE = 25;
const RTM_NEWNEIGH = 28;
const RTM_NEWQDISC = 36;
const TC_H_ROOT = 0xffff_ffff;
const TCA_KIND = 1;
const TCA_OPTIONS = 2;
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_OPERSTATE = 16;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_NET_NS_FD = 28;
const IFLA_GSO_MAX_SEGS = 40;
const IFLA_INFO_SLAVE_KIND = 4;
const IFLA_INFO_SLAVE_DATA = 5;
const IFLA_MASTER = 10;
/** include/uapi/linux/if_link.h, bridges and their ports; include/uapi/linux/if_bridge.h for the state. */
const IFLA_BR_FORWARD_DELAY = 1;
const IFLA_BR_MCAST_SNOOPING = 23;
const IFLA_BRPORT_STATE = 1;
const IFLA_BRPORT_LEARNING = 8;
const IFLA_BRPORT_UNICAST_FLOOD = 9;
const IFLA_BRPORT_MCAST_FLOOD = 27;
const IFLA_BRPORT_BCAST_FLOOD = 30;
const BR_STATE_FORWARDING = 3;
const AF_BRIDGE = 7;
const NUD_NOARP = 0x40;
const NTF_MASTER = 0x04;
const VETH_INFO_PEER = 1;
const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_FLAGS = 8;
const IFA_F_NODAD = 0x02;
const NDA_DST = 1;
const NDA_LLADDR = 2;
const NUD_PERMANENT = 0x80;
const RTM_GETROUTE = 26;
const RTA_DST = 1;
const RTN_LOCAL = 2;
const RT_TABLE_MAIN = 254;
const RT_SCOPE_NOWHERE = 255;
const IFF_UP = 0x01;
const IFF_NOARP = 0x80;
const IF_OPER_UP = 6;
/** The bytes of `struct ifinfomsg`. */
const INTERFACE_MESSAGE = 16;
const READY_MS = 2_000;
const AF_INET = 2;
const AF_INET6 = 10;

/** One end of a link: the name and hardware address it gets in its namespace. */
export interface LinkEnd {
  readonly name: string;
  readonly hardwareAddress: Uint8Array;
}

/** The interfaces of one network namespace, changed by rtnetlink. Made while inside that namespace. */
export class Links implements Disposable {
  readonly #route = new Netlink(NETLINK_ROUTE);

  /**
   * Makes a virtual link whose one end is here and whose other end is in `peerNamespace` (a descriptor). veth(4).
   * @param index which index the end here gets; the next that is free when not said
   */
  connect(here: LinkEnd, there: LinkEnd, peerNamespace: number, index = 0): void {
    const peer = Buffer.concat([
      interfaceMessage(0, 0),
      stringAttribute(IFLA_IFNAME, there.name),
      attribute(IFLA_ADDRESS, there.hardwareAddress),
      numberAttribute(IFLA_GSO_MAX_SEGS, 1),
      numberAttribute(IFLA_NET_NS_FD, peerNamespace),
    ]);
    const link = Buffer.concat([
      interfaceMessage(index, 0),
      stringAttribute(IFLA_IFNAME, here.name),
      attribute(IFLA_ADDRESS, here.hardwareAddress),
      numberAttribute(IFLA_GSO_MAX_SEGS, 1),
      attribute(IFLA_LINKINFO, [
        stringAttribute(IFLA_INFO_KIND, 'veth'),
        attribute(IFLA_INFO_DATA, [attribute(VETH_INFO_PEER, peer)]),
      ]),
    ]);
    this.#route.request(`create link ${here.name}`, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, link);
  }

  /** Makes a bridge of this index that listens to no spanning tree and no multicast group: it forwards at once. bridge(8). */
  bridge(index: number, name: string): void {
    const link = Buffer.concat([
      interfaceMessage(index, 0),
      stringAttribute(IFLA_IFNAME, name),
      attribute(IFLA_LINKINFO, [
        stringAttribute(IFLA_INFO_KIND, 'bridge'),
        attribute(IFLA_INFO_DATA, [
          numberAttribute(IFLA_BR_FORWARD_DELAY, 0),
          byteAttribute(IFLA_BR_MCAST_SNOOPING, 0),
        ]),
      ]),
    ]);
    this.#route.request(`create bridge ${name}`, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, link);
  }

  /**
   * Makes an interface a port of a bridge, with a fixed address behind it. It floods nothing and learns nothing: a frame goes
   * to the one port whose address it bears, and to no other, not even the first.
   */
  port(index: number, bridge: number, hardwareAddress: Uint8Array): void {
    const master = Buffer.concat([interfaceMessage(index, 0), numberAttribute(IFLA_MASTER, bridge)]);
    this.#route.request(`add port ${index}`, RTM_NEWLINK, 0, master);
    const off = [
      ...[IFLA_BRPORT_LEARNING, IFLA_BRPORT_UNICAST_FLOOD],
      ...[IFLA_BRPORT_MCAST_FLOOD, IFLA_BRPORT_BCAST_FLOOD],
    ];
    const settings = Buffer.concat([
      interfaceMessage(index, 0),
      attribute(IFLA_LINKINFO, [
        stringAttribute(IFLA_INFO_SLAVE_KIND, 'bridge'),
        attribute(
          IFLA_INFO_SLAVE_DATA,
          off.map((setting) => byteAttribute(setting, 0)),
        ),
      ]),
    ]);
    this.#route.request(`set port ${index}`, RTM_NEWLINK, 0, settings);
    const entry = Buffer.alloc(12);
    entry[0] = AF_BRIDGE;
    entry.writeInt32LE(index, 4);
    entry.writeUInt16LE(NUD_NOARP, 8);
    entry[10] = NTF_MASTER;
    this.#route.request(
      `add what is behind port ${index}`,
      RTM_NEWNEIGH,
      NLM_F_CREATE,
      Buffer.concat([entry, attribute(NDA_LLADDR, hardwareAddress)]),
    );
  }

  /** Waits until a port of a bridge forwards. @throws Error after two seconds. */
  untilForwarding(index: number): void {
    until(`port ${index} forwards nothing`, () => {
      const link = this.#route.request(`show port ${index}`, RTM_GETLINK, 0, interfaceMessage(index, 0));
      const info = link && findAttribute(link, INTERFACE_MESSAGE, IFLA_LINKINFO);
      const port = info && findAttribute(info, 0, IFLA_INFO_SLAVE_DATA);
      return port !== undefined && findAttribute(port, 0, IFLA_BRPORT_STATE)?.[0] === BR_STATE_FORWARDING;
    });
  }

  /** Sets an interface up. Loopback is always interface 1. */
  up(index: number): void {
    this.#route.request(`set interface ${index} up`, RTM_NEWLINK, 0, interfaceMessage(index, IFF_UP));
  }

  /** Sets an interface up that never asks for a neighbour's hardware address, nor joins the groups where others would. */
  upWithoutDiscovery(index: number): void {
    const message = interfaceMessage(index, IFF_UP | IFF_NOARP);
    this.#route.request(`set interface ${index} up`, RTM_NEWLINK, 0, message);
  }

  /**
   * Waits until an interface sends. After both ends of a link are up the kernel switches the one that was up first on in
   * its own time, and drops what is sent there until then. Asking it for the link is what hurries it (since Linux 6.9).
   * @throws Error after two seconds.
   */
  untilOperating(index: number): void {
    until(`interface ${index} is up and does not operate`, () => {
      const link = this.#route.request(`show interface ${index}`, RTM_GETLINK, 0, interfaceMessage(index, 0));
      return link !== undefined && findAttribute(link, INTERFACE_MESSAGE, IFLA_OPERSTATE)?.[0] === IF_OPER_UP;
    });
  }

  /**
   * Waits until what is sent to an IPv6 address of this host is taken: the kernel adds the route for that in its own time,
   * and throws away what comes until then.
   * @throws Error after two seconds.
   */
  untilReceiving(address: string): void {
    const header = Buffer.alloc(12);
    header[0] = AF_INET6;
    header[1] = 128;
    const request = Buffer.concat([header, attribute(RTA_DST, parseAddress(address))]);
    until(`${address} receives nothing`, () => {
      const route = this.#route.request(`route to ${address}`, RTM_GETROUTE, 0, request);
      return route?.[7] === RTN_LOCAL;
    });
  }

  /** Gives an interface an address, usable at once (no duplicate address detection). */
  address(index: number, address: string, prefix: number): void {
    const bytes = parseAddress(address);
    const header = Buffer.alloc(8);
    header[0] = family(address) === 4 ? AF_INET : AF_INET6;
    header[1] = prefix;
    header.writeUInt32LE(index, 4);
    const attributes = [
      attribute(IFA_LOCAL, bytes),
      attribute(IFA_ADDRESS, bytes),
      numberAttribute(IFA_FLAGS, IFA_F_NODAD),
    ];
    this.#route.request(
      `add address ${address}`,
      RTM_NEWADDR,
      NLM_F_CREATE | NLM_F_EXCL,
      Buffer.concat([header, ...attributes]),
    );
  }

  /** Says once and for all which hardware address a neighbour has, so that no ARP or discovery is on the wire. */
  neighbour(index: number, address: string, hardwareAddress: Uint8Array): void {
    const header = Buffer.alloc(12);
    header[0] = family(address) === 4 ? AF_INET : AF_INET6;
    header.writeUInt32LE(index, 4);
    header.writeUInt16LE(NUD_PERMANENT, 8);
    const attributes = [attribute(NDA_DST, parseAddress(address)), attribute(NDA_LLADDR, hardwareAddress)];
    this.#route.request(
      `add neighbour ${address}`,
      RTM_NEWNEIGH,
      NLM_F_CREATE,
      Buffer.concat([header, ...attributes]),
    );
  }

  /** Takes the way to whatever is on no link of this host away, where there is one: it is as unreachable as it should be. */
  dropDefaultRoutes(): void {
    for (const version of [AF_INET, AF_INET6]) {
      const header = Buffer.alloc(12);
      header[0] = version;
      header[4] = RT_TABLE_MAIN;
      header[6] = RT_SCOPE_NOWHERE;
      try {
        this.#route.request('delete the default route', RTM_DELROUTE, 0, header);
      } catch (error) {
        // Where IPv6 is off there is not even a table of routes.
        if (!(error instanceof SystemCallError && ['ESRCH', 'ENOENT'].includes(error.code))) throw error;
      }
    }
  }

  /** Gives an interface a first-in-first-out queue for so many packets on their way out. tc-pfifo(8). */
  queue(index: number, packets: number): void {
    const header = Buffer.alloc(20);
    header.writeInt32LE(index, 4);
    header.writeUInt32LE(TC_H_ROOT, 12);
    const limit = Buffer.alloc(4);
    limit.writeUInt32LE(packets, 0);
    const attributes = [stringAttribute(TCA_KIND, 'pfifo'), attribute(TCA_OPTIONS, limit)];
    this.#route.request(
      `queue ${packets} packets`,
      RTM_NEWQDISC,
      NLM_F_CREATE,
      Buffer.concat([header, ...attributes]),
    );
  }

  [Symbol.dispose](): void {
    this.#route.close();
  }
}

/** Asks the kernel again and again; what is asked for here takes it microseconds. */
function until(late: string, satisfied: () => boolean): void {
  const lateMs = performance.now() + READY_MS;
  while (!satisfied()) if (performance.now() > lateMs) throw new Error(late);
}

function byteAttribute(type: number, value: number): Buffer {
  return attribute(type, Uint8Array.of(value));
}

/** `struct ifinfomsg`: which interface, and which of its flags to set. */
function interfaceMessage(index: number, setFlags: number): Buffer {
  const message = Buffer.alloc(INTERFACE_MESSAGE);
  message.writeInt32LE(index, 4);
  message.writeUInt32LE(setFlags, 8);
  message.writeUInt32LE(setFlags, 12);
  return message;
}
