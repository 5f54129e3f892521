import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { LANGUAGES } from '../../exercise/exercise-words.ts';
import { UnknownExercise } from '../../exercises/catalog.ts';
import type { Answer } from '../protocol.ts';
import { ownPagesOnly, withToken } from './guard.ts';
import type { Lab } from './lab.ts';
import type { Stream } from './pages.ts';
import { wishFrom } from './wish.ts';

/** A wish is a line; nobody needs to send more, in bytes. */
const MOST_BODY = 64 << 10;

export interface AppPlan {
  readonly lab: Lab;
  readonly token: string;
  /** Where the built page is. */
  readonly page: string;
  /** The port that the server listens on, once it does. */
  readonly port: () => number;
}

/** The server of the live page: the page itself, one stream of events down, wishes up. */
export function app({ lab, token, page, port }: AppPlan): Hono {
  const hono = new Hono();
  hono.use(ownPagesOnly(port));
  hono.use('/api/*', withToken(token));
  hono.get('/', withToken(token));

  hono.get('/api/exercise/:number', async (c) => {
    const language = LANGUAGES.find((each) => each === (c.req.query('language') ?? 'en'));
    if (language === undefined)
      return c.json({ problem: `The languages are ${LANGUAGES.join(' and ')}.` } satisfies Answer, 400);
    try {
      return c.json(await lab.exercise(c.req.param('number'), language));
    } catch (error) {
      if (!(error instanceof UnknownExercise)) throw error;
      return c.json({ problem: error.message } satisfies Answer, 404);
    }
  });

  hono.post('/api/do', async (c) => {
    if (Number(c.req.header('content-length') ?? MOST_BODY + 1) > MOST_BODY)
      return c.json({ problem: 'That is too much to ask for at once.' } satisfies Answer, 413);
    if (c.req.header('content-type')?.split(';')[0] !== 'application/json')
      return c.json({ problem: 'A wish is JSON.' } satisfies Answer, 415);
    try {
      return c.json(await lab.take(wishFrom(await c.req.json())));
    } catch (error) {
      return c.json(
        { problem: error instanceof Error ? error.message : String(error) } satisfies Answer,
        422,
      );
    }
  });

  hono.get('/api/events', (c) => streamSSE(c, async (events) => await showTo(events, lab)));

  hono.get('*', serveStatic({ root: page }));
  return hono;
}

/** Tells one page everything, until it is gone. */
async function showTo(events: SSEStreamingApi, lab: Lab): Promise<void> {
  const over = Promise.withResolvers<void>();
  let waiting = 0;
  const stream: Stream = {
    write(text) {
      waiting += text.length;
      void events.write(text).then(() => {
        waiting -= text.length;
      });
    },
    waiting: () => waiting,
    close: over.resolve,
  };
  const remove = lab.pages.add(stream, await lab.all());
  events.onAbort(over.resolve);
  await over.promise;
  remove();
}
