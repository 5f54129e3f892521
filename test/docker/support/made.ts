import { Docker } from '../../../lab/host/docker/dockerode.ts';
import { everythingMade, type Made } from '../../../lab/host/docker/leftovers.ts';

/** The engine, as tests ask it. */
export const docker = new Docker();

/** What the engine has of the runs of some processes, as `container tcplab-…`. */
export async function madeBy(...pids: readonly (number | undefined)[]): Promise<string[]> {
  const all = await everythingMade(docker);
  return all.filter(({ labels }) => pids.includes(Number(labels['tcplab.owner.pid']))).map(nameOf);
}

/** What the engine has of one run. */
export async function madeIn(run: string): Promise<Made[]> {
  return (await everythingMade(docker)).filter(({ labels }) => labels['tcplab.run'] === run);
}

function nameOf({ kind, name }: Made): string {
  return `${kind} ${name}`;
}
