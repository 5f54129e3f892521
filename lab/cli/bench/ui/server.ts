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

/** Resolves when the server has told of so many segments. @throws Error at the deadline. */
export async function segmentsTold(url: string, wanted: number): Promise<void> {
  const events = new URL('/api/events', url);
  events.search = new URL(url).search;
  const { body } = await fetch(events, { signal: AbortSignal.timeout(PATIENCE_MS) });
  let [text, segments] = ['', 0];
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const messages = `${text}${chunk}`.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) segments += segmentsIn(message);
    if (segments >= wanted) return;
  }
  throw new Error('the server told no more');
}

function segmentsIn(message: string): number {
  if (!message.startsWith('data: ')) return 0;
  const told = JSON.parse(message.slice(6)) as Told;
  return told.tell === 'events' ? told.events.filter(({ kind }) => kind === 'segment').length : 0;
}
