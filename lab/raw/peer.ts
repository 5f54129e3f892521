import { type Endpoint, formatEndpoint, sameEndpoint } from '../tcp/address.ts';
import { ACK, formatFlags, parseFlags, RST, SYN } from '../tcp/flags.ts';
import type { Option } from '../tcp/options.ts';
import { describePattern, matchesSegment, type SegmentPattern } from '../tcp/pattern.ts';
import { type Segment, segmentEnd, segmentLength } from '../tcp/segment.ts';
import { seqAdd, seqAfter } from '../tcp/sequence.ts';
import { localEndpointTo } from './local-endpoint.ts';
import { RawChannel } from './raw-channel.ts';

export { sendSyns } from './syn-burst.ts';

/** What may be said of a segment to send. What is left out is what an honest TCP would put there. */
export interface SegmentFields {
  readonly seq?: number;
  readonly ack?: number;
  readonly window?: number;
  readonly payload?: Uint8Array | string;
  readonly options?: readonly Option[];
}

const WINDOW = 64_240;
const MSS: Option = { kind: 'mss', mss: 1_460 };

/**
 * One end of a TCP connection made by hand: it sends exactly the segments it is told to, and nothing else. It counts
 * sequence numbers as RFC 9293 does, so that a program only names what it wants to be different.
 *
 * The kernel below knows nothing of this connection and would answer every segment of it with RST: run it on a host whose
 * gate `own-rst` is closed. The peer's own segments carry a mark and pass.
 */
export class RawPeer implements AsyncDisposable {
  readonly local: Endpoint;
  #remote: Endpoint;
  /** The next sequence number to send, SND.NXT. */
  #sendNext = Math.floor(Math.random() * 0x1_0000_0000);
  /** The next sequence number expected, RCV.NXT. */
  #receiveNext = 0;
  /** The other end's initial sequence number, IRS. */
  #initialReceive: number | undefined;
  #channel: RawChannel;
  #arrived: Segment[] = [];
  #waiting: (() => void)[] = [];
  #error: Error | undefined;

  private constructor(local: Endpoint, remote: Endpoint) {
    this.local = local;
    this.#remote = remote;
    this.#channel = new RawChannel(
      local,
      (segment) => this.#take(segment),
      (error) => this.#fail(error),
    );
  }

  /** A peer that will open a connection to `address`:`port`, from this host's address and a random port. */
  static async to(address: string, port: number, localPort?: number): Promise<RawPeer> {
    const local = await localEndpointTo({ address, port });
    return RawPeer.between({ ...local, port: localPort ?? local.port }, { address, port });
  }

  /** A peer whose both ends are known. */
  static between(local: Endpoint, remote: Endpoint): RawPeer {
    return new RawPeer(local, remote);
  }

  /** A peer that waits at `address`:`port` for whoever sends a segment there first. */
  static at(address: string, port: number): RawPeer {
    return new RawPeer({ address, port }, { address: '', port: 0 });
  }

  get remote(): Endpoint {
    return this.#remote;
  }

  /** SND.NXT: the sequence number of the next byte to send, mod 2^32. */
  get sendNext(): number {
    return this.#sendNext;
  }

  /** RCV.NXT: the sequence number expected next, mod 2^32. */
  get receiveNext(): number {
    return this.#receiveNext;
  }

  /**
   * Sends a segment with these flags, in tcpdump's notation: `S`, `S.`, `.`, `P.`, `F.`, `R`, `R.` …
   * SYN, FIN and data move SND.NXT on, unless `seq` was given.
   */
  async send(flags: string, fields: SegmentFields = {}): Promise<void> {
    const mask = parseFlags(flags);
    const payload = typeof fields.payload === 'string' ? Buffer.from(fields.payload) : fields.payload;
    const segment: Segment = {
      source: this.local,
      destination: this.#remote,
      seq: fields.seq ?? this.#sendNext,
      ack: fields.ack ?? ((mask & ACK) === 0 ? 0 : this.#receiveNext),
      flags: mask,
      window: fields.window ?? ((mask & RST) === 0 ? WINDOW : 0),
      urgent: 0,
      options: fields.options ?? ((mask & SYN) === 0 ? [] : [MSS]),
      payload: payload ?? new Uint8Array(),
    };
    await this.#channel.send(segment);
    if (fields.seq === undefined) this.#sendNext = seqAdd(this.#sendNext, segmentLength(segment));
  }

  /**
   * The next segment with these flags (or that fits a pattern) from the other end; others before it are passed over.
   * `S` is a SYN, `S.` a SYN-ACK, `F.` a FIN. Whatever arrives in order moves RCV.NXT on.
   * @throws Error when the other end resets the connection first, or this peer is closed.
   */
  async receive(wanted: string | SegmentPattern): Promise<Segment> {
    const pattern = typeof wanted === 'string' ? { flags: wanted } : wanted;
    for (;;) {
      if (this.#error !== undefined) throw this.#error;
      const segment = this.#arrived.shift();
      if (segment === undefined) {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#waiting.push(resolve);
        await promise;
        continue;
      }
      if (matchesSegment(pattern, segment)) return segment;
      if ((segment.flags & RST) !== 0) {
        throw new Error(
          `${formatEndpoint(this.#remote)} answered ${formatFlags(segment.flags)} (a reset) instead of ${describePattern(pattern)}`,
        );
      }
    }
  }

  /** The three-way handshake, as the end that opens. */
  async open(): Promise<void> {
    await this.send('S');
    await this.receive('S.');
    await this.send('.');
  }

  /** Lets go of the raw socket. Nothing is sent: to the other end, this end has vanished. */
  close(): void {
    this.#channel.close();
    this.#fail(new Error('this raw socket is closed'));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  #take(segment: Segment): void {
    if (this.#remote.port === 0) this.#remote = segment.source;
    if (!sameEndpoint(segment.source, this.#remote)) return;
    this.#count(segment);
    this.#arrived.push(segment);
    this.#wake();
  }

  /** Moves RCV.NXT on by what is new of a segment. A SYN that is sent again, or data, has nothing new. */
  #count(segment: Segment): void {
    if ((segment.flags & SYN) !== 0 && segment.seq !== this.#initialReceive) {
      this.#initialReceive = segment.seq;
      this.#receiveNext = segment.seq;
    }
    const end = segmentEnd(segment);
    if (!seqAfter(segment.seq, this.#receiveNext) && seqAfter(end, this.#receiveNext))
      this.#receiveNext = end;
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
