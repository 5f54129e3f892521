import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import type { RawPeer } from '../../raw/peer.ts';
import { KernelSocket } from '../../sys/socket.ts';
import type { Numbers } from '../../tcp/arrivals.ts';
import type { SegmentPattern } from '../../tcp/pattern.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import type { State } from '../../tcp/states.ts';
import type { EventStage } from './stage.ts';

/**
 * One cell's own ground: a port of the kernel's host with, at most, one listener and one connection, and the peer that speaks to
 * them by hand. Both ends have the same port number, and no other cell has it.
 */
export class Ground implements Disposable {
  readonly stage: EventStage;
  readonly port: number;
  readonly peer: RawPeer;
  readonly fromMs: number;
  readonly #stack = new DisposableStack();
  #irs = random();
  #receiveNext: number;
  #iss = random();
  #sendNext: number;
  #finUnacknowledged = false;
  #listener: KernelSocket | undefined;
  #socket: KernelSocket | undefined;

  constructor(stage: EventStage) {
    this.stage = stage;
    this.port = stage.port();
    this.fromMs = stage.observation.recorder.milliseconds();
    this.peer = stage.rawPeer(this.port, this.port);
    this.#stack.defer(() => this.peer.close());
    this.#receiveNext = seqAdd(this.#irs, 1);
    this.#sendNext = seqAdd(this.#iss, 1);
  }

  /** The connection's numbers as the kernel has them; invented ones while there is no connection. */
  get numbers(): Numbers {
    return {
      irs: this.#irs,
      receiveNext: this.#receiveNext,
      iss: this.#iss,
      sendNext: this.#sendNext,
      finUnacknowledged: this.#finUnacknowledged,
    };
  }

  /** The row of this ground's connection in the latest look; of its listener, when there is no connection. */
  row(): SocketRecord | undefined {
    const rows = this.rows();
    return rows.find(({ state }) => state !== 'LISTEN') ?? rows.at(0);
  }

  /** Every row of this port in the latest look. */
  rows(): readonly SocketRecord[] {
    return this.stage.kernel.witness.latest.sockets.filter(({ local }) => local.port === this.port);
  }

  /** A listener on the port. */
  listen(): void {
    const { stage, port } = this;
    this.#listener = this.#keep(
      stage.kernel.host.enter(() => KernelSocket.listening(stage.endpoint('kernel', port))),
    );
  }

  /** An active OPEN by the kernel's socket; its SYN is heard, and not answered. */
  async connect(): Promise<void> {
    const { stage, port } = this;
    const remote = stage.endpoint('peer', port);
    this.#socket = this.#keep(
      stage.kernel.host.enter(() => {
        const socket = KernelSocket.open({ family: remote.address.includes(':') ? 6 : 4 });
        socket.bind(stage.endpoint('kernel', port));
        socket.connect(remote);
        return socket;
      }),
    );
    this.#opened(await this.#hears({ flags: 'S' }));
  }

  /** The peer's SYN, and the kernel's SYN+ACK. */
  async open(): Promise<void> {
    await this.peer.send('S', { seq: this.#irs });
    this.#opened(await this.#hears({ flags: 'S.' }));
  }

  /** The peer's SYN crosses the kernel's: both ends open at the same time. */
  async crossSyn(): Promise<void> {
    await this.peer.send('S', { seq: this.#irs });
    await this.#hears({ flags: 'S.', seq: this.#iss });
  }

  /** The peer acknowledges everything. */
  async acknowledge(): Promise<void> {
    await this.peer.send('.', { seq: this.#receiveNext, ack: this.#sendNext });
    this.#finUnacknowledged = false;
  }

  /** The program takes the connection from the listener's queue. */
  accept(): void {
    const socket = this.#listener?.accept();
    if (socket === undefined) throw new Error('the accept queue is empty');
    this.#socket = this.#keep(socket);
  }

  /** The program closes its half; the kernel's FIN is heard, and not answered. */
  async finish(): Promise<void> {
    this.#socket?.shutdown('write');
    const { segment } = await this.#hears({ has: 'F', seq: this.#sendNext });
    this.#sendNext = segmentEnd(segment);
    this.#finUnacknowledged = true;
  }

  /** The program gives its socket away for good. */
  close(): void {
    this.#socket?.linger(undefined);
    this.#socket?.close();
  }

  /** The peer's FIN, which acknowledges no FIN of the kernel's that was not acknowledged before; the kernel's ACK is awaited. */
  async peerFinishes(): Promise<void> {
    const ack = this.#finUnacknowledged ? seqAdd(this.#sendNext, -1) : this.#sendNext;
    await this.peer.send('F.', { seq: this.#receiveNext, ack });
    this.#receiveNext = seqAdd(this.#receiveNext, 1);
    await this.#hears({ has: '.', ack: this.#receiveNext });
  }

  /** Waits until the kernel shows the connection in `state`; for LISTEN, the listener. @throws WaitError. */
  async reaches(state: State): Promise<void> {
    const remote = state === 'LISTEN' ? {} : { remotePort: this.port };
    await this.stage.kernel.waits.reaches(state, { localPort: this.port, ...remote });
  }

  /** The row that says where a connection is that was in `before`. One that never was complete goes back to its listener. */
  follower(before: State): SocketRecord | undefined {
    const row = this.row();
    return row?.state !== 'LISTEN' || before === 'LISTEN' || before === 'SYN_RCVD' ? row : undefined;
  }

  /** Ends everything at once: what is still open is aborted. */
  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  async #hears(pattern: SegmentPattern): Promise<SegmentEvent> {
    const ports = { source: { port: this.port }, destination: { port: this.port } };
    return await this.stage.peer.waits.saw({ ...pattern, ...ports }, { sinceMs: this.fromMs });
  }

  #opened({ segment }: SegmentEvent): void {
    this.#iss = segment.seq;
    this.#sendNext = segmentEnd(segment);
  }

  #keep(socket: KernelSocket): KernelSocket {
    socket.linger(0);
    return this.#stack.use(socket);
  }
}

function random(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
