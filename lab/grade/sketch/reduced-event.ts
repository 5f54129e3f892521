import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent, TimelineEvent } from '../../observe/timeline.ts';
import { readIpHeader } from '../../tcp/ip-header.ts';

/** The queues and timers of a socket that has none. */
const NOTHING: Omit<SocketRecord, 'cookie' | 'state' | 'local' | 'remote'> = {
  ...{ receiveQueue: 0, sendQueue: 0, timer: 'none', timerMs: 0 },
  ...{ retransmits: 0, uid: 0, inode: 0 },
};

/** Characters of a text that a note is drawn with. */
const MOST_TEXT = 200;

/**
 * An event as a line of a saved timeline, without what no ladder and no track shows: what programs print, the data in packets, the
 * queues and timers of sockets. `parseEvent` reads it.
 */
export function reducedEvent(event: TimelineEvent): object {
  switch (event.kind) {
    case 'segment': {
      const { segment: _segment, ...rest } = event;
      return { ...rest, packet: Buffer.from(withoutData(event)).toString('base64') };
    }
    case 'socket': {
      const { cookie, state, local, remote } = event.socket;
      return { ...event, socket: { cookie, state, local, remote, ...NOTHING } };
    }
    case 'program': {
      const { because: _because, advice: _advice, how, ...rest } = event;
      return { ...rest, program: short(rest.program), ...(how === undefined ? {} : { how: short(how) }) };
    }
    case 'trace':
      return 'reason' in event && event.reason !== undefined
        ? { ...event, reason: short(event.reason) }
        : event;
    case 'step':
      return { ...event, text: short(event.text) };
    case 'output':
    case 'ss':
    case 'file':
    case 'counter':
      return nothingAt(event);
    case 'gate':
    case 'loss':
      return event;
  }
}

/** What no picture shows, to tell that the run went on until then. */
export function nothingAt({ atMs }: TimelineEvent): TimelineEvent {
  return { kind: 'output', atMs, host: '', program: '', stream: 'stdout', text: '' };
}

/** The packet with nothing but zeroes for its data, and in what only a host needs: its number and the checksums. */
function withoutData({ packet }: SegmentEvent): Uint8Array {
  const bytes = Uint8Array.from(packet);
  const { version, bodyStart } = readIpHeader(bytes);
  if (version === 4) {
    bytes.fill(0, 4, 6);
    bytes.fill(0, 10, 12);
  }
  const headerEnd = bodyStart + ((bytes[bodyStart + 12] ?? 0) >> 4) * 4;
  bytes.fill(0, bodyStart + 16, bodyStart + 18);
  bytes.fill(0, headerEnd);
  return bytes;
}

function short(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1)}…`;
}
