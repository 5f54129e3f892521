import type { Duplex } from 'node:stream';

/** Some of what a command has printed. */
export interface Piece {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Buffer;
}

const HEADER = 8;
const LENGTH_AT = 4;
const STDERR = 2;

/**
 * What comes of a command that the engine runs, as it comes. On a terminal it is one stream; without one each frame has a header: which
 * stream, and how many bytes. Docker Engine API, ContainerAttach, "Stream format". Ends when the command's output does.
 */
export async function* piecesOf(stream: Duplex, terminal: boolean): AsyncGenerator<Piece, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    if (terminal) {
      yield { stream: 'stdout', bytes };
      continue;
    }
    rest = Buffer.concat([rest, bytes]);
    for (let end = frameEnd(rest); end <= rest.length; end = frameEnd(rest)) {
      yield { stream: rest[0] === STDERR ? 'stderr' : 'stdout', bytes: rest.subarray(HEADER, end) };
      rest = rest.subarray(end);
    }
  }
}

function frameEnd(bytes: Buffer): number {
  return bytes.length < HEADER ? HEADER : HEADER + bytes.readUInt32BE(LENGTH_AT);
}
