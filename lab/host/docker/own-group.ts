import { existsSync } from 'node:fs';
import type { SlotGroups } from '../sandbox/control-groups.ts';

const FOLDER = '/sys/fs/cgroup';

/** The control group of the container that this process is in, as the engine shows it there. @throws Error when it does not. */
export function ownGroup(): SlotGroups {
  if (existsSync(`${FOLDER}/memory.events`)) return { by: 'cgroup2', folder: FOLDER };
  if (!existsSync(`${FOLDER}/memory/memory.oom_control`))
    throw new Error(
      'the engine shows its containers no control group, so nobody can tell when a limit is reached',
    );
  const [memory, pids, cpuacct] = ['memory', 'pids', 'cpuacct'].map((name) => `${FOLDER}/${name}`) as [
    string,
    string,
    string,
  ];
  return { by: 'cgroup1', memory, pids, cpuacct };
}
