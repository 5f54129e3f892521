import { type Duplex, PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { Attendant, AttendantListener } from '../host.ts';
import { bootId, type Hello } from './answers.ts';
import { Calls } from './calls.ts';
import { checkoutDigest, imageDigest } from './digest.ts';
import { IMAGE } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { ranOutOfMemory } from './out-of-memory.ts';
import { Removal, unlessGone } from './removal.ts';

const HELLO_MS = 20_000;
const SAID_LIMIT = 4_096;

/**
 * A container with a program of the lab in it that answers calls. It ends when this process does: the program's standard input
 * ends then, and the engine removes a container that has ended.
 */
export class AnsweringContainer implements Attendant {
  readonly id: string;
  readonly #docker: Docker;
  readonly #calls: Calls;
  readonly #container: Docker.Container;
  readonly #input: Duplex;
  readonly #hello: Promise<void>;
  #removal: Removal | undefined;
  #listener: AttendantListener | undefined;
  #failed: Error | undefined;
  /** What was said before anybody listened. */
  #early: unknown[] = [];

  private constructor(docker: Docker, who: string, container: Docker.Container, stream: Duplex) {
    this.id = container.id;
    this.#docker = docker;
    this.#container = container;
    this.#input = stream;
    const output = new PassThrough();
    const errors = new PassThrough();
    docker.modem.demuxStream(stream, output, errors);
    let said = '';
    errors.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, SAID_LIMIT);
    });
    const over = (): void => {
      // What it wrote to standard error is why it has ended.
      setImmediate(() => this.#calls.end(said.trim() === '' ? 'its container has ended' : said.trim()));
    };
    stream.on('end', over).on('close', over).on('error', over);
    this.#calls = new Calls(who, output, stream);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#hello = promise;
    this.#hello.catch(() => {});
    let greeted = false;
    this.#calls.listen({
      told: (event) => {
        if (greeted) return this.#pass(event);
        greeted = true;
        try {
          checkHello(event as Hello);
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      },
      failed: (error) => {
        this.#failed = error;
        reject(error);
        this.#listener?.failed(error);
      },
    });
  }

  /** Creates the container and takes hold of its streams; it is not started yet. @param who for messages: "the observer of client". */
  static async create(
    docker: Docker,
    who: string,
    options: Docker.ContainerCreateOptions,
  ): Promise<AnsweringContainer> {
    const container = await docker.createContainer({
      ...options,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      HostConfig: { ...options.HostConfig, AutoRemove: true, LogConfig: { Type: 'none', Config: {} } },
    });
    const stream = (await container.attach({
      stream: true,
      hijack: true,
      stdin: true,
      stdout: true,
      stderr: true,
    })) as Duplex;
    return new AnsweringContainer(docker, who, container, stream);
  }

  /** Starts it. Its program says hello a little later. */
  async start(): Promise<void> {
    await this.#container.start();
    this.#removal = new Removal(this.#container);
  }

  /** Waits until the program of one that was started says hello. @throws EngineError when it is of other files than this one. */
  async hello(): Promise<void> {
    const timer = setTimeout(
      () => this.#calls.end(`it has said nothing within ${HELLO_MS / 1_000} s`),
      HELLO_MS,
    );
    try {
      await this.#hello;
    } finally {
      clearTimeout(timer);
    }
  }

  async call(what: string, ...args: readonly unknown[]): Promise<unknown> {
    return await this.#calls.call(what, ...args);
  }

  listen(listener: AttendantListener): void {
    this.#listener = listener;
    for (const event of this.#early.splice(0)) listener.told(event);
    if (this.#failed !== undefined) listener.failed(this.#failed);
  }

  #pass(event: unknown): void {
    if (this.#listener === undefined) this.#early.push(event);
    else this.#listener.told(event);
  }

  /** Of one that has ended by itself: whether for want of memory. */
  async ranOutOfMemory(): Promise<boolean> {
    await this.#removal?.over();
    return await ranOutOfMemory(this.#docker, this.id);
  }

  /** Ends it, and waits until the engine has removed it. */
  async end(): Promise<void> {
    this.#calls.end('it was ended');
    this.#input.end();
    await this.#container.kill().catch(unlessGone);
    // One that never was started is not removed by itself, and one that the engine forgets is removed by force.
    const late: unknown = await this.#removal?.over().catch((error: unknown) => error);
    await this.#container.remove({ force: true, v: true }).catch(unlessGone);
    if (late !== undefined) await this.#removal?.over();
  }
}

let ownDigest: string | undefined;

function checkHello({ hello }: Hello): void {
  if (hello.boot !== bootId())
    throw new EngineError(
      'the Docker engine runs on another machine than this command, so their clocks differ. Run the command where the engine is: docker compose run --rm lab',
    );
  ownDigest ??= imageDigest() ?? checkoutDigest();
  if (hello.digest !== ownDigest)
    throw new EngineError(
      `the image "${IMAGE}" was built from other files than this checkout has. Build it again: docker compose build`,
    );
}
