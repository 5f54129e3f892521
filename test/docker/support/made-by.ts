import { execa } from 'execa';

/** What the engine has of the runs of one process: containers and networks, or only the containers that run. */
export async function madeBy(pid: number, which?: 'running'): Promise<string[]> {
  if (which === 'running') return await listed(pid, 'ps');
  const lists = [listed(pid, 'ps', '--all'), listed(pid, 'network', 'ls')];
  return (await Promise.all(lists)).flat();
}

async function listed(pid: number, ...list: string[]): Promise<string[]> {
  const { stdout } = await execa('docker', [...list, '--quiet', '--filter', `label=tcplab.owner.pid=${pid}`]);
  return stdout.split('\n').filter((line) => line !== '');
}
