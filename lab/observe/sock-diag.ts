import { NETLINK_SOCK_DIAG, Netlink } from '../sys/netlink.ts';
import { type Endpoint, formatAddress } from '../tcp/address.ts';
import { type State, stateOfKernel } from '../tcp/states.ts';
import { TIMER_KINDS, type TimerKind } from './timer-kinds.ts';

/** One row of the kernel's socket table. */
export interface SocketRecord {
  /** The socket's identity, hexadecimal as `ss -e` prints it after `sk:`. It stays the same from SYN-RECV to TIME-WAIT. */
  readonly cookie: string;
  readonly state: State;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Bytes not yet read; for a listener, connections waiting for accept(). */
  readonly receiveQueue: number;
  /** Bytes not yet acknowledged; for a listener, the limit of its accept queue. */
  readonly sendQueue: number;
  readonly timer: TimerKind;
  /** When that timer fires, in milliseconds from the sample. */
  readonly timerMs: number;
  /** Timeouts so far of what the timer repeats. */
  readonly retransmits: number;
  /** The owner's user id, as seen from the lab. */
  readonly uid: number;
  /** 0 when no program holds a descriptor of it: a request, an orphan, TIME_WAIT, or not yet accepted. */
  readonly inode: number;
}

const SOCK_DIAG_BY_FAMILY = 20;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_TCP = 6;
/** Every state that holds a place in the tables, TCP_ESTABLISHED (1) to TCP_NEW_SYN_RECV (12). */
const ALL_STATES = 0x1ffe;

/** The bytes of `struct inet_diag_msg` by offset. */
const STATE = 1;
const TIMER = 2;
const RETRANSMITS = 3;
const LOCAL_PORT = 4;
const REMOTE_PORT = 6;
const LOCAL_ADDRESS = 8;
const REMOTE_ADDRESS = 24;
const COOKIE_LOW = 44;
const COOKIE_HIGH = 48;
const EXPIRES = 52;
const RECEIVE_QUEUE = 56;
const SEND_QUEUE = 60;
const UID = 64;
const INODE = 68;

/**
 * The first witness: the kernel's TCP socket table, asked for in binary over netlink. It sees what has no descriptor:
 * half-open requests, orphans and TIME_WAIT. sock_diag(7).
 */
export class SockDiag implements Disposable {
  readonly #netlink = new Netlink(NETLINK_SOCK_DIAG);
  readonly #requests = [AF_INET, AF_INET6].map(dumpRequest);
  /** Rows of the last dump, so that an unchanged row costs no new object. */
  #known = new Map<number, SocketRecord>();

  /** Every TCP socket of the namespace this object was made in, in any state, IPv4 and IPv6. @throws SystemCallError. */
  dump(): readonly SocketRecord[] {
    const seen = new Map<number, SocketRecord>();
    for (const request of this.#requests) {
      this.#netlink.dump('list sockets', SOCK_DIAG_BY_FAMILY, request, (row) =>
        addRow(seen, row, this.#known),
      );
    }
    this.#known = seen;
    return [...seen.values()];
  }

  close(): void {
    this.#netlink.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Adds a row to a table by its cookie. The kernel finds its sockets first and reads their states after: one that left the table in between is
 * told as CLOSED, and has become TIME_WAIT with the same cookie, or is gone. The next dump says which; until then it is what it was `before`.
 * net/ipv4/inet_diag.c, inet_diag_dump_icsk(). `row` is a `struct inet_diag_msg`.
 */
export function addRow(
  table: Map<number, SocketRecord>,
  row: Buffer,
  before: ReadonlyMap<number, SocketRecord>,
): void {
  const key = row.readUInt32LE(COOKIE_HIGH) * 0x1_0000_0000 + row.readUInt32LE(COOKIE_LOW);
  const known = before.get(key);
  const record = readRow(row, key, known);
  if (record.state !== 'CLOSED') table.set(key, record);
  else if (known !== undefined && !table.has(key)) table.set(key, known);
}

/** `struct inet_diag_req_v2`. */
function dumpRequest(addressFamily: number): Buffer {
  const request = Buffer.alloc(56);
  request[0] = addressFamily;
  request[1] = IPPROTO_TCP;
  request.writeUInt32LE(ALL_STATES, 4);
  return request;
}

function readRow(row: Buffer, key: number, known: SocketRecord | undefined): SocketRecord {
  const state = stateOfKernel(row[STATE] as number);
  const timer = TIMER_KINDS[row[TIMER] as number] ?? 'none';
  const timerMs = row.readUInt32LE(EXPIRES);
  const retransmits = row[RETRANSMITS] as number;
  const receiveQueue = row.readUInt32LE(RECEIVE_QUEUE);
  const sendQueue = row.readUInt32LE(SEND_QUEUE);
  const inode = row.readUInt32LE(INODE);
  if (
    known !== undefined &&
    known.state === state &&
    known.timerMs === timerMs &&
    known.timer === timer &&
    known.retransmits === retransmits &&
    known.receiveQueue === receiveQueue &&
    known.sendQueue === sendQueue &&
    known.inode === inode
  ) {
    return known;
  }
  return {
    cookie: key.toString(16),
    state,
    local: known?.local ?? endpoint(row, LOCAL_ADDRESS, LOCAL_PORT),
    remote: known?.remote ?? endpoint(row, REMOTE_ADDRESS, REMOTE_PORT),
    receiveQueue,
    sendQueue,
    timer,
    timerMs,
    retransmits,
    uid: row.readUInt32LE(UID),
    inode,
  };
}

function endpoint(row: Buffer, address: number, port: number): Endpoint {
  const length = row[0] === AF_INET ? 4 : 16;
  return { address: formatAddress(row.subarray(address, address + length)), port: row.readUInt16BE(port) };
}
