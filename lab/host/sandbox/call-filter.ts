import { errnoNumber } from '../../sys/errno.ts';
import {
  ARCHITECTURE,
  answer,
  argument,
  assemble,
  CALL_NUMBER,
  ifAnyBit,
  ifEqual,
  ifGreater,
  load,
  mask,
  type Step,
} from './bpf.ts';
import {
  type CallNumbers,
  CLONE,
  FORBIDDEN_CALLS,
  MISSING_CALLS,
  NEWEST_CALL,
  SOCKET,
} from './forbidden-calls.ts';
import { SandboxError } from './sandbox-error.ts';

/** What the kernel calls an architecture in a filter: AUDIT_ARCH_* of include/uapi/linux/audit.h. */
const ARCHITECTURES: Readonly<Partial<Record<NodeJS.Architecture, number>>> = {
  x64: 0xc000_003e,
  arm64: 0xc000_00b7,
};
/** Calls of the x32 ABI have this bit: the same calls under other numbers. */
const X32 = 0x4000_0000;

/** include/uapi/linux/seccomp.h. */
const ALLOW = answer(0x7fff_0000);
const KILL_PROCESS = answer(0x8000_0000);
const error = (name: Parameters<typeof errnoNumber>[0]): Step => answer(0x0005_0000 | errnoNumber(name));

/** CLONE_NEW* of clone(2) for mount, cgroup, UTS, IPC, user, PID and network namespaces. */
const NEW_NAMESPACE = 0x7e02_0000;

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_RAW = 3;
/** What is left of a socket's type without SOCK_NONBLOCK and SOCK_CLOEXEC. */
const SOCKET_TYPE = 0xf;
const IPPROTO_ICMP = 1;
const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;
const IPPROTO_ICMPV6 = 58;
/** For a host's interfaces and addresses, and for its sockets (what `ss` asks). Neither changes anything without CAP_NET_ADMIN. */
const NETLINK_ROUTE = 0;
const NETLINK_SOCK_DIAG = 4;

/**
 * The filter of system calls for untrusted programs, as bytes for seccomp(2). Sockets are TCP, UDP, ping and raw ones of IPv4 and
 * IPv6, Unix sockets, and the two netlinks that tell of a host; no packets past IP, no MPTCP, no way to the machine's host (AF_VSOCK)
 * or to the kernel's ciphers (AF_ALG).
 * @throws SandboxError on an architecture whose calls the lab does not know.
 */
export function callFilter(arch: NodeJS.Architecture = process.arch): Buffer {
  const architecture = ARCHITECTURES[arch];
  if (architecture === undefined)
    throw new SandboxError(`the filter of system calls knows x86-64 and arm64, not ${arch}`);
  const numberOf = (numbers: CallNumbers): number[] => {
    const number = arch === 'x64' ? numbers.x64 : numbers.arm64;
    return number === undefined ? [] : [number];
  };
  const forbidden = Object.values(FORBIDDEN_CALLS).flatMap((group) => Object.values(group).flatMap(numberOf));
  const missing = Object.values(MISSING_CALLS).flatMap(numberOf);
  return assemble([
    load(ARCHITECTURE),
    ...ifEqual(architecture, [load(CALL_NUMBER), { code: JUMP, k: 1 }]),
    KILL_PROCESS,
    ...ifAnyBit(X32, [error('ENOSYS')]),
    ...ifGreater(NEWEST_CALL, [error('ENOSYS')]),
    ...forbidden.flatMap((number) => ifEqual(number, [error('EPERM')])),
    ...missing.flatMap((number) => ifEqual(number, [error('ENOSYS')])),
    ...numberOf(CLONE).flatMap((number) => ifEqual(number, cloning())),
    ...numberOf(SOCKET).flatMap((number) => ifEqual(number, openingASocket())),
    ALLOW,
  ]);
}

/** Goes on `k` steps further. */
const JUMP = 0x05;

function cloning(): Step[] {
  return [load(argument(0)), ...ifAnyBit(NEW_NAMESPACE, [error('EPERM')]), ALLOW];
}

function openingASocket(): Step[] {
  const only = (...protocols: number[]): Step[] => [
    load(argument(2)),
    ...protocols.flatMap((protocol) => ifEqual(protocol, [ALLOW])),
    error('EPROTONOSUPPORT'),
  ];
  const internet = [
    load(argument(1)),
    mask(SOCKET_TYPE),
    ...ifEqual(SOCK_STREAM, only(0, IPPROTO_TCP)),
    ...ifEqual(SOCK_DGRAM, only(0, IPPROTO_UDP, IPPROTO_ICMP, IPPROTO_ICMPV6)),
    ...ifEqual(SOCK_RAW, [ALLOW]),
    error('EPROTONOSUPPORT'),
  ];
  return [
    load(argument(0)),
    ...ifEqual(AF_UNIX, [ALLOW]),
    ...ifEqual(AF_NETLINK, only(NETLINK_ROUTE, NETLINK_SOCK_DIAG)),
    ...ifEqual(AF_INET, internet),
    ...ifEqual(AF_INET6, internet),
    error('EAFNOSUPPORT'),
  ];
}
