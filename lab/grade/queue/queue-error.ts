/** Why a queue cannot be used. */
export type QueueTrouble = 'address' | 'unreachable' | 'password' | 'memory' | 'replica' | 'disk' | 'other';

/** The queue cannot be used: one sentence, and what to do. Nothing is lost by it: the journal has every row that was collected. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueTrouble;

  constructor(code: QueueTrouble, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.code = code;
  }
}

/** What Redis or the connection to it says, in words for a person. @param place as `Redis at 127.0.0.1:6379` */
export function queueError(error: unknown, place: string): QueueError {
  if (error instanceof QueueError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const [code, sentence] = explain(said, place);
  return new QueueError(code, sentence, error);
}

/** What is said of each trouble; the first whose pattern is in what Redis says. BullMQ puts words of its own before it. */
const EXPLANATIONS: readonly [RegExp, QueueTrouble, (place: string, said: string) => string][] = [
  [
    /\b(WRONGPASS|ERR invalid password)\b/,
    'password',
    (place) => `${place} does not take this user or password. Mend it in the address.`,
  ],
  [
    /\bNOAUTH\b/,
    'password',
    (place) => `${place} wants a password. Put it into the address: redis://:PASSWORD@HOST:PORT.`,
  ],
  [
    /\bNOPERM\b/,
    'password',
    (place, said) => `${place} does not let this user work with the queue: "${said}". Take another user.`,
  ],
  [
    /\bREADONLY\b|\brole:slave\b/,
    'replica',
    (place) => `${place} is a read-only replica. Give the address of the Redis that it copies.`,
  ],
  [
    /\bOOM\b/,
    'memory',
    (place) => `${place} has no memory left. Raise its maxmemory, or use it for fewer gradings at once.`,
  ],
  [
    /\bMISCONF\b/,
    'disk',
    (place) => `${place} cannot write to its disk, and takes nothing more. Make room there.`,
  ],
  [
    /\b(ECONN\w+|ENOENT|EACCES|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH)\b|\b[Cc]onnection (is|was) closed/,
    'unreachable',
    (place, said) => `${place} cannot be reached: "${said}". Is it running, and is this its address?`,
  ],
];

function explain(said: string, place: string): [QueueTrouble, string] {
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(said));
  return known === undefined ? ['other', `${place} says "${said}".`] : [known[1], known[2](place, said)];
}
