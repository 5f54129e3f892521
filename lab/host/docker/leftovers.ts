import type Docker from 'dockerode';
import { type Labels, ownerOf, RUN_LABEL } from './labels.ts';
import { isGone, removeContainer } from './removal.ts';

/** Something of a run on the engine. */
export interface Made {
  readonly kind: 'container' | 'network' | 'volume';
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly createdMs: number;
  readonly running: boolean;
}

/** What a run somewhere out of sight has made counts as left over when nothing of it has run for so long. */
const FORGOTTEN_MS = 10 * 60_000;

/** Everything on the engine that carries the lab's label. */
export async function everythingMade(docker: Docker): Promise<Made[]> {
  const filters = JSON.stringify({ label: [RUN_LABEL] });
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [
    ...containers.map(
      ({ Id, Names, Labels, Created, State }): Made => ({
        kind: 'container',
        id: Id,
        name: (Names[0] ?? Id).replace(/^\//, ''),
        labels: Labels,
        createdMs: Created * 1_000,
        running: State === 'running',
      }),
    ),
    ...networks.map(
      ({ Id, Name, Labels = {}, Created }): Made => ({
        kind: 'network',
        id: Id,
        name: Name,
        labels: Labels,
        createdMs: Date.parse(Created),
        running: false,
      }),
    ),
    ...volumes.Volumes.map(
      (volume): Made => ({
        kind: 'volume',
        id: volume.Name,
        name: volume.Name,
        labels: volume.Labels,
        createdMs: Date.parse((volume as { CreatedAt?: string }).CreatedAt ?? ''),
        running: false,
      }),
    ),
  ];
}

/** What runs have left on the engine whose process has ended. */
export async function leftovers(docker: Docker): Promise<Made[]> {
  const all = await everythingMade(docker);
  const running = new Set(all.filter((made) => made.running).map(({ labels }) => labels[RUN_LABEL]));
  const dead = await Promise.all(
    all.map(async (made) => {
      const owner = ownerOf(made.labels);
      if (owner === 'alive' || owner === 'gone') return owner === 'gone';
      if (owner.elsewhere !== '' && !(await isRunning(docker, owner.elsewhere))) return true;
      return !running.has(made.labels[RUN_LABEL]) && Date.now() - made.createdMs > FORGOTTEN_MS;
    }),
  );
  return all.filter((_, n) => dead[n]);
}

/** Removes what is given, containers first: a network goes only when it is empty. Refuses what has no label of the lab. */
export async function remove(docker: Docker, all: readonly Made[]): Promise<void> {
  const foreign = all.find(({ labels }) => labels[RUN_LABEL] === undefined);
  if (foreign !== undefined)
    throw new Error(`${foreign.kind} ${foreign.name} is not the lab's: it has no label ${RUN_LABEL}`);
  for (const kind of ['container', 'network', 'volume'] as const)
    await Promise.all(all.filter((made) => made.kind === kind).map((made) => removeOne(docker, made)));
}

/** Removes what dead runs have left. @returns it. */
export async function removeLeftovers(docker: Docker): Promise<Made[]> {
  const left = await leftovers(docker);
  await remove(docker, left);
  return left;
}

async function removeOne(docker: Docker, { kind, id }: Made): Promise<void> {
  try {
    if (kind === 'container') await removeContainer(docker, id);
    else if (kind === 'network') await docker.getNetwork(id).remove();
    else await docker.getVolume(id).remove();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

async function isRunning(docker: Docker, id: string): Promise<boolean> {
  try {
    return (await docker.getContainer(id).inspect()).State.Running;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
