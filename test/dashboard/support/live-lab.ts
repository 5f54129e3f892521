import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import {
  type Answer,
  type RunStatus,
  TOKEN_HEADER,
  type Told,
  type Wish,
} from '../../../lab/dashboard/protocol.ts';
import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import { withDeadline } from '../../../lab/sys/deadline.ts';
import { Student } from '../../support/student.ts';
import { quietly, ROOT } from '../../support/tcplab.ts';

const START_MS = 30_000;

/** `./tcplab ui`, as a student starts it, with a workspace of its own. It is ended with the test. */
export class LiveLab {
  readonly url: URL;
  readonly student: Student;
  readonly pid: number;
  readonly #end: () => Promise<void>;

  /** @param env more variables, such as a marker to know its processes by */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<LiveLab> {
    const student = new Student();
    const child = execa(`${ROOT}/tcplab`, ['ui', '--json'], {
      ...quietly,
      env: { ...student.env, ...env },
      buffer: { stdout: false },
    });
    const { promise: printed, resolve, reject } = Promise.withResolvers<URL>();
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.endsWith('}\n')) resolve(new URL((JSON.parse(text) as { url: string }).url));
    });
    void child.then(({ stderr }) => reject(new Error(`ui ended: ${stderr}`)));
    const lab = (url: URL): LiveLab =>
      new LiveLab(url, student, child.pid as number, async () => {
        child.kill('SIGTERM');
        await child;
      });
    try {
      const url = await withDeadline(printed, START_MS, () => new Error('ui printed no address in time'));
      const live = lab(url);
      onTestFinished(() => live.end());
      return live;
    } catch (error) {
      child.kill('SIGTERM');
      throw error;
    }
  }

  private constructor(url: URL, student: Student, pid: number, end: () => Promise<void>) {
    this.url = url;
    this.student = student;
    this.pid = pid;
    this.#end = end;
  }

  /** Opens a page as far as the server knows: a stream of events. */
  async open(): Promise<LivePage> {
    const page = new LivePage(this.url);
    onTestFinished(() => page.close());
    await page.connect();
    return page;
  }

  async end(): Promise<void> {
    await this.#end();
  }
}

/** What a page does, without a browser: takes events, and posts wishes. */
export class LivePage {
  readonly told: Told[] = [];
  readonly #url: URL;
  readonly #leave = new AbortController();
  readonly #waiting = new Set<() => void>();

  constructor(url: URL) {
    this.#url = url;
  }

  async connect(): Promise<void> {
    const response = await fetch(this.#at('/api/events'), { signal: this.#leave.signal });
    if (response.body === null || response.status !== 200) throw new Error(`${response.status}`);
    void this.#read(response.body).catch(() => {});
    await this.until('the lab', ({ tell }) => tell === 'lab');
  }

  /** Posts a wish. @returns its answer. @throws Error with the server's sentence. */
  async wish(wish: Wish): Promise<Answer> {
    const response = await fetch(this.#at('/api/do'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [TOKEN_HEADER]: this.#url.searchParams.get('token') ?? '',
      },
      body: JSON.stringify(wish),
    });
    const answer = (await response.json()) as Answer;
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return answer;
  }

  /** Waits until something was told, from the beginning or from now on. @throws Error after `deadlineMs`. */
  async until(what: string, fits: (told: Told) => boolean, deadlineMs = 10_000): Promise<Told> {
    const { promise, resolve } = Promise.withResolvers<Told>();
    const look = (): void => {
      const found = this.told.find(fits);
      if (found !== undefined) resolve(found);
    };
    this.#waiting.add(look);
    look();
    try {
      const last = (): string => JSON.stringify(this.told.filter(({ tell }) => tell === 'run').at(-1));
      return await withDeadline(
        promise,
        deadlineMs,
        () => new Error(`the page was never told ${what}; ${last()}`),
      );
    } finally {
      this.#waiting.delete(look);
    }
  }

  /** Waits for a phase of a run. */
  async phase(run: number, phase: RunStatus['phase'], deadlineMs?: number): Promise<RunStatus> {
    const fits = (told: Told): boolean =>
      told.tell === 'run' && told.run?.run === run && told.run.phase === phase;
    const told = await this.until(`that run ${run} is ${phase}`, fits, deadlineMs);
    return (told as Extract<Told, { tell: 'run' }>).run as RunStatus;
  }

  /** Waits until the run is told to be so. */
  async status(what: string, fits: (run: RunStatus) => boolean): Promise<RunStatus> {
    const told = await this.until(what, (each) => each.tell === 'run' && each.run !== null && fits(each.run));
    return (told as Extract<Told, { tell: 'run' }>).run as RunStatus;
  }

  /** Waits until a host's table shows something. */
  async table(
    host: string,
    what: string,
    fits: (sockets: readonly SocketRecord[]) => boolean,
  ): Promise<void> {
    await this.until(
      `that the ${host} has ${what}`,
      (told) => told.tell === 'table' && told.host === host && fits(told.sockets),
    );
  }

  /** Waits for a listener on the server. @returns it */
  async listener(): Promise<SocketRecord> {
    const fits = (told: Told): boolean =>
      told.tell === 'table' && told.host === 'server' && told.sockets.some(({ state }) => state === 'LISTEN');
    const told = (await this.until('that the server listens', fits)) as Extract<Told, { tell: 'table' }>;
    return told.sockets.find(({ state }) => state === 'LISTEN') as SocketRecord;
  }

  close(): void {
    this.#leave.abort();
  }

  #at(path: string): URL {
    const url = new URL(path, this.#url);
    url.search = this.#url.search;
    return url;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts)
        if (part.startsWith('data: ')) this.told.push(JSON.parse(part.slice(6)) as Told);
      for (const look of this.#waiting) look();
    }
  }
}
