import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Attendant, AttendantListener } from '../host.ts';

/**
 * Calls to a program of the lab in a container, over its standard streams: one JSON document a line each way. A call has a number,
 * and its answer has the same; what the program says by itself has none. Lines keep their order, so an answer comes after
 * everything the program had said before it.
 */
export type Question = { readonly id: number; readonly call: string; readonly args: readonly unknown[] };
export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };
export type Line = Answer | { readonly told: unknown };

/** What a program in a container could not do, in its own words; `code` is the code of the error there. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The lab's end of the line. */
export class Calls implements Attendant {
  readonly #who: string;
  readonly #write: Writable;
  readonly #pending = new Map<number, Pending>();
  #listener: AttendantListener = { told: () => {}, failed: () => {} };
  #last = 0;
  #over: Error | undefined;

  /** @param who what is at the other end, for messages: "the observer of client". */
  constructor(who: string, read: Readable, write: Writable) {
    this.#who = who;
    this.#write = write;
    write.on('error', (error) => this.end(error.message));
    const lines = createInterface({ input: read });
    lines.on('line', (line) => this.#take(line));
    lines.once('close', () => this.end('its container has ended'));
  }

  async call(what: string, ...args: readonly unknown[]): Promise<unknown> {
    if (this.#over !== undefined) throw this.#over;
    this.#last += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(this.#last, { resolve, reject });
    const question: Question = { id: this.#last, call: what, args };
    this.#write.write(`${JSON.stringify(question)}\n`);
    return await promise;
  }

  listen(listener: AttendantListener): void {
    this.#listener = listener;
    if (this.#over !== undefined) listener.failed(this.#over);
  }

  /** No answer will come any more; whoever waits for one is told why. */
  end(why: string): void {
    if (this.#over !== undefined) return;
    this.#over = new CallError('container-ended', `${this.#who} does not answer any more: ${why}`);
    for (const { reject } of this.#pending.values()) reject(this.#over);
    this.#pending.clear();
    this.#listener.failed(this.#over);
  }

  #take(text: string): void {
    const line = parsed(text);
    if (line === undefined) this.end(`it said ${JSON.stringify(text.slice(0, 200))}`);
    else if ('told' in line) this.#listener.told(line.told);
    else this.#settle(line);
  }

  #settle(line: Answer): void {
    const pending = this.#pending.get(line.id);
    this.#pending.delete(line.id);
    if ('error' in line) pending?.reject(new CallError(line.error.code, line.error.message));
    else pending?.resolve(line.result);
  }
}

function parsed(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}
