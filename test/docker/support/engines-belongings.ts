import { readdirSync, readFileSync } from 'node:fs';
import { everythingMade, leftovers } from '../../../lab/host/docker/leftovers.ts';
import { docker } from './made.ts';

const GROUPS = '/sys/fs/cgroup';

/**
 * What this process and those that it has started have on the engine, and what nobody has any more, a line each: containers, networks,
 * volumes, and control groups of containers that are gone. What somebody else's grading has there is no business of a test.
 */
export async function enginesBelongings(): Promise<string[]> {
  const [all, dead, volumes] = await Promise.all([
    everythingMade(docker),
    leftovers(docker),
    docker.listVolumes(),
  ]);
  const ours = new Set([process.pid, ...children(process.pid)].map(String));
  const left = new Set([...dead.map(({ id }) => id), ...all.filter(isOf(ours)).map(({ id }) => id)]);
  const groups = controlGroups();
  // After them: a container is there before its group.
  const known = new Set((await docker.listContainers({ all: true })).map(({ Id }) => Id));
  return [
    ...all.filter(({ id }) => left.has(id)).map(({ kind, name }) => `${kind} ${name}`),
    ...volumes.Volumes.map(({ Name }) => `volume ${Name}`),
    ...groups.filter((id) => !known.has(id)).map((id) => `control group of the container ${id}`),
  ];
}

function isOf(owners: ReadonlySet<string>) {
  return ({ labels }: { readonly labels: Readonly<Record<string, string>> }): boolean =>
    owners.has(labels['tcplab.owner.pid'] ?? '');
}

function children(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** The ids of containers that have a control group, where the engine makes them: cgroup v1's memory controller, or cgroup v2. */
function controlGroups(): string[] {
  return [`${GROUPS}/memory/docker`, `${GROUPS}/docker`].flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
    } catch {
      return [];
    }
  });
}
