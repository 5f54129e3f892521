import { execa, type ResultPromise } from 'execa';
import type { TimelineHeader } from '../../lab/observe/timeline.ts';
import type { EventJson } from '../../lab/report/event-json.ts';
import { quietly } from './tcplab.ts';

/** Runs `play` with the Node that runs the tests. */
export function play(...args: string[]): ResultPromise<typeof quietly> {
  return execa(process.execPath, ['lab/cli/main.ts', 'play', ...args], quietly);
}

/** What `play --json` prints. */
export interface PlayDocument {
  readonly schema: string;
  readonly kernel: string;
  readonly backend: string;
  readonly header: TimelineHeader;
  readonly events: readonly EventJson[];
  readonly programs: readonly {
    readonly host: string;
    readonly file: string;
    readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
    readonly stopped: boolean;
  }[];
  readonly gates: readonly {
    readonly host: string;
    readonly gate: string;
    readonly open: boolean;
    readonly dropped: number;
  }[];
  readonly hints: readonly string[];
  readonly ending: { readonly reason: string; readonly text: string; readonly atMs: number };
}

/** Plays, and reads the document on standard output, which must be all there is. */
export async function playJson(
  ...args: string[]
): Promise<{ document: PlayDocument; exitCode: number | undefined }> {
  const { stdout, exitCode } = await play('--json', ...args);
  return { document: JSON.parse(stdout) as PlayDocument, exitCode };
}

type EventOf<K extends EventJson['kind']> = Extract<EventJson, { kind: K }>;

/** The events of one kind. */
export function eventsOf<K extends EventJson['kind']>(document: PlayDocument, kind: K): EventOf<K>[] {
  return document.events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** The states that the kernel showed on a host, one after the other, a socket that went away as CLOSED; listeners apart. */
export function statesOn(document: PlayDocument, host: string): string[] {
  return eventsOf(document, 'socket')
    .filter((event) => event.host === host && event.socket.state !== 'LISTEN')
    .map(({ change, socket }) => (change === 'gone' ? 'CLOSED' : socket.state))
    .filter((state, n, all) => state !== all[n - 1]);
}

/** Each segment as its sender and flags, such as `client S`. */
export function wire(document: PlayDocument): string[] {
  return eventsOf(document, 'segment').map(({ from, segment }) => `${from} ${segment.flags}`);
}

export const HANDSHAKE = ['client S', 'server S.', 'client .'];
