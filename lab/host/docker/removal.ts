import type Docker from 'dockerode';
import { withDeadline } from '../../sys/deadline.ts';
import { EngineError } from './engine-error.ts';

/** How often a container is looked for when the engine says nothing of it, and for how long. */
const LOOK_MS = 500;
const REMOVED_MS = 30_000;

/** Learns when a container has been removed, from before its end on. */
export class Removal {
  readonly #container: Docker.Container;
  readonly #asking = new AbortController();
  /** Settles only when the engine says so: when it cannot be asked, or the container is gone already, looking tells. */
  readonly #told: Promise<void>;

  constructor(container: Docker.Container) {
    this.#container = container;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#told = promise;
    container.wait({ condition: 'removed', abortSignal: this.#asking.signal }).then(
      () => resolve(),
      () => {},
    );
  }

  /**
   * Waits until it is removed, for one that is ended or is ending. An engine (20.10) has once in a few thousand times never answered,
   * though the container was gone: so it is looked for as well.
   * @throws EngineError when it is still there after half a minute
   */
  async over(): Promise<void> {
    const given = AbortSignal.timeout(REMOVED_MS);
    try {
      while (!given.aborted) {
        const isTold = await withDeadline(this.#told, LOOK_MS, silence).then(
          () => true,
          () => false,
        );
        if (isTold || !(await isThere(this.#container))) return;
      }
    } finally {
      this.#asking.abort();
    }
    throw new EngineError(
      `the engine has not removed a container of the lab within ${REMOVED_MS / 1_000} s. Remove it by hand: docker rm --force ${this.#container.id.slice(0, 12)}`,
    );
  }
}

function silence(): Error {
  return new Error(`the engine has said nothing of it for ${LOOK_MS} ms`);
}

async function isThere(container: Docker.Container): Promise<boolean> {
  try {
    await container.inspect();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** A container that is being removed already is waited for: its network goes only after it. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  const removal = new Removal(container);
  await container.remove({ force: true, v: true }).catch(unlessGone);
  await removal.over();
}

/** @throws every other error than that somebody else was quicker */
export function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error;
}

/** Somebody else was quicker: there is no such thing any more, or its removal is in progress. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && (error.statusCode === 404 || error.statusCode === 409)
  );
}
