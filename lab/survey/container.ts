import { AnsweringContainer } from '../host/docker/container.ts';
import { type Engine, engine, IMAGE } from '../host/docker/engine.ts';
import { EngineError, engineSays } from '../host/docker/engine-error.ts';
import { newRun } from '../host/docker/labels.ts';
import type { Look } from './look.ts';
import { ObserveError } from './observe-error.ts';
import { ObservedProcess } from './observed-process.ts';
import type { Viewpoint } from './viewpoint.ts';

const PROGRAM = '/tcplab/lab/survey/beside-program.ts';

/** A look into a container: how it is done, and the container's own name. */
export interface ContainerView {
  readonly viewpoint: Viewpoint;
  readonly by: 'entered' | 'beside';
  readonly name: string;
}

/**
 * Looks at the network namespace of a container: enters it where this user may and the container runs on this machine, or else has a
 * container of the lab's image beside it look.
 * @param wanted the container's name or id
 * @throws ObserveError when there is no such container or it does not run; EngineError when there is no engine, or none of the two ways is open.
 */
export async function viewContainer(wanted: string): Promise<ContainerView> {
  const found = await engine();
  const { id, name, pid } = await running(found, wanted);
  try {
    return { viewpoint: entered(pid, id, name), by: 'entered', name };
  } catch (error) {
    if (!(error instanceof ObserveError)) throw error;
    return { viewpoint: await beside(found, id, name, error), by: 'beside', name };
  }
}

async function running(
  { docker }: Engine,
  wanted: string,
): Promise<{ id: string; name: string; pid: number }> {
  try {
    const { Id, Name, State } = await docker.getContainer(wanted).inspect();
    if (!State.Running)
      throw new ObserveError('absent', `container ${wanted} does not run. Start it: docker start ${wanted}`);
    return { id: Id, name: Name.replace(/^\//, ''), pid: State.Pid };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404)
      throw new ObserveError('absent', `there is no container "${wanted}". Those that run: docker ps`, error);
    if (error instanceof Error && 'statusCode' in error)
      throw new EngineError(`the Docker engine refused: ${engineSays(error)}`, error);
    throw error;
  }
}

/** An engine on another machine has process ids of its own: the process must have the container's mounts. @throws ObserveError. */
function entered(pid: number, id: string, name: string): Viewpoint {
  using stack = new DisposableStack();
  const process = stack.use(new ObservedProcess(pid));
  if (!process.hasMountNaming(id))
    throw new ObserveError('absent', `process ${pid} of this machine is not that of container ${name}`);
  const inside = process.viewpoint(`container ${name}`);
  const rest = stack.move();
  return {
    seesProcesses: true,
    async look() {
      process.mustLive();
      return await inside.look();
    },
    async [Symbol.asyncDispose]() {
      await inside[Symbol.asyncDispose]();
      rest.dispose();
    },
  };
}

/** @param why the other way was not open. */
async function beside({ docker }: Engine, id: string, name: string, why: ObserveError): Promise<Viewpoint> {
  let container: AnsweringContainer | undefined;
  try {
    container = await AnsweringContainer.create(docker, `the observer beside ${name}`, {
      Image: IMAGE,
      Labels: { ...newRun().labels },
      Entrypoint: ['node', PROGRAM],
      HostConfig: { NetworkMode: `container:${id}`, CapDrop: ['ALL'], ReadonlyRootfs: true },
    });
    await container.start();
    await container.hello();
    return new BesideViewpoint(container);
  } catch (error) {
    await container?.end();
    if (error instanceof Error && error.message.includes('Cannot find module'))
      throw new EngineError(
        `the image "${IMAGE}" is older than this checkout. Build it again: docker compose build`,
        error,
      );
    if (!/no such image/i.test(engineSays(error))) throw error;
    throw new EngineError(
      `${why.message}; or build the lab's image, so that a container beside ${name} can look: docker compose build`,
      error,
    );
  }
}

class BesideViewpoint implements Viewpoint {
  /** They are in a PID namespace of their own. */
  readonly seesProcesses = false;
  readonly #container: AnsweringContainer;

  constructor(container: AnsweringContainer) {
    this.#container = container;
  }

  async look(): Promise<Look> {
    return (await this.#container.call('look')) as Look;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#container.end();
  }
}
