import { signal } from '@preact/signals';
import type { Language } from '../../exercise/exercise-words.ts';
import { type Answer, type ExerciseText, TOKEN_HEADER, type Told, type Wish } from '../protocol.ts';

/** Without the server the page asks for it again after this time, in milliseconds. */
const AGAIN_MS = 300;
/** A server that has been away for so long, in milliseconds, is said to be gone. A browser drops what it loads whenever a network is made. */
const GONE_MS = 1_500;

interface Posted {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The page's side of what goes between it and the server. */
export class Server {
  /** Whether events come: undefined before the first try has ended. */
  readonly isThere = signal<boolean | undefined>(undefined);
  /** What the server could not do for the page, in its words. */
  readonly problem = signal<string | undefined>(undefined);
  readonly #token: string;
  readonly #unreached: () => string;
  #away: ReturnType<typeof setTimeout> | undefined;

  /** @param unreached says that a wish has not reached the server */
  constructor(token: string, unreached: () => string) {
    this.#token = token;
    this.#unreached = unreached;
  }

  /** Listens to the server for as long as the page is there. */
  listen(hear: (told: Told) => void): void {
    const events = new EventSource(`/api/events?token=${encodeURIComponent(this.#token)}`);
    events.onopen = () => {
      clearTimeout(this.#away);
      this.#away = undefined;
      this.isThere.value = true;
    };
    events.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Told);
    events.onerror = () => {
      // A browser by itself would wait longer, and after some errors for ever.
      events.close();
      this.#away ??= setTimeout(() => {
        this.isThere.value = false;
      }, GONE_MS);
      setTimeout(() => this.listen(hear), AGAIN_MS);
    };
  }

  /** Asks for something. @returns the answer, or undefined when it could not be done: `problem` then says why. */
  async ask(wish: Wish): Promise<Answer | undefined> {
    this.problem.value = undefined;
    return await this.#fetch<Answer>('/api/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
  }

  /** An exercise's text, or undefined when it cannot be had: `problem` then says why. */
  async exercise(number: number, language: Language): Promise<ExerciseText | undefined> {
    return await this.#fetch<ExerciseText>(`/api/exercise/${number}?language=${language}`);
  }

  async #fetch<T extends object>(path: string, init: Posted = {}): Promise<T | undefined> {
    try {
      const headers = { ...init.headers, [TOKEN_HEADER]: this.#token };
      const response = await fetch(path, { ...init, headers });
      const body = await response.text();
      if (!isJson(response)) {
        this.problem.value = body;
        return undefined;
      }
      const answer = JSON.parse(body) as T & Answer;
      if (response.ok && answer.problem === undefined) return answer;
      this.problem.value = answer.problem ?? `${response.status} ${response.statusText}`;
    } catch {
      // What was to be read is read again as soon as the server is heard again.
      if (init.method === 'POST') this.problem.value = this.#unreached();
    }
    return undefined;
  }
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true;
}
