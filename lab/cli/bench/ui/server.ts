import { TOKEN_HEADER, type Told, type Wish } from '../../../dashboard/protocol.ts';

/** What is awaited of the page comes within this time, in milliseconds, or the benchmark fails. */
export const PATIENCE_MS = 120_000;

/** Asks the page's server for something, as the page would. @throws Error with the server's sentence. */
export async function wish(url: string, wished: Wish): Promise<void> {
  const token = new URL(url).searchParams.get('token') ?? '';
  const answer = await fetch(new URL('/api/do', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(wished),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Counts the segments that the server tells of. */
export class SegmentsTold implements Disposable {
  readonly #ended = new AbortController();
  readonly #failed: Promise<never>;
  #heard = Promise.withResolvers<void>();
  #count = 0;

  constructor(url: string) {
    const events = new URL('/api/events', url);
    events.search = new URL(url).search;
    this.#failed = this.#listen(events);
    // Whoever waits is told.
    this.#failed.catch(() => {});
  }

  /** So many until now. */
  get count(): number {
    return this.#count;
  }

  /** Resolves when there were so many. @throws Error at the deadline. */
  async reach(wanted: number): Promise<void> {
    while (this.#count < wanted) await Promise.race([this.#heard.promise, this.#failed]);
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
  }

  async #listen(events: URL): Promise<never> {
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(PATIENCE_MS)]);
    const { body } = await fetch(events, { signal });
    let text = '';
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const messages = `${text}${chunk}`.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) this.#count += segmentsIn(message);
      this.#heard.resolve();
      this.#heard = Promise.withResolvers();
    }
    throw new Error('the server told no more');
  }
}

function segmentsIn(message: string): number {
  if (!message.startsWith('data: ')) return 0;
  const told = JSON.parse(message.slice(6)) as Told;
  return told.tell === 'events' ? told.events.filter(({ kind }) => kind === 'segment').length : 0;
}
