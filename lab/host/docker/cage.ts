import type Docker from 'dockerode';
import type { Limits } from '../sandbox/limits.ts';
import { hidden } from './cage-hidden.ts';
import { CAGE } from './cage-places.ts';
import { EngineError } from './engine-error.ts';

/** What the launcher needs beside its programs, and the container's first process. */
const OWN_MEMORY_BYTES = 64 << 20;
const OWN_PROCESSES = 16;
/** What intake takes of a submission is half as much. */
const SUBMISSION_BYTES = 8 << 20;

/** How untrusted programs are confined in containers, for the record. */
export interface CageConfinement {
  readonly by: 'docker';
  /** The user id of programs in their container. */
  readonly uid: number;
  readonly limits: Limits;
  /** The engine's version, and the control groups it limits containers with. */
  readonly engine: string;
  readonly cgroup: string;
  /** The filters that every system call has to pass: the engine's own profile, by its name, where it has one, and the lab's. */
  readonly seccomp: readonly string[];
}

/** How an engine confines, with these limits. @throws EngineError when it cannot limit containers. */
export async function cageConfinement(docker: Docker, limits: Limits): Promise<CageConfinement> {
  const info = (await docker.info()) as {
    readonly ServerVersion: string;
    readonly CgroupVersion?: string;
    readonly MemoryLimit: boolean;
    readonly PidsLimit: boolean;
    readonly SecurityOptions: readonly string[] | null;
  };
  const missing = [info.MemoryLimit ? [] : ['memory'], info.PidsLimit ? [] : ['processes']].flat();
  if (missing.length > 0)
    throw new EngineError(
      `this Docker engine does not limit the ${missing.join(' and ')} of containers, so programs that nobody trusts do not run there. To see why: docker info`,
    );
  const profile = info.SecurityOptions?.find((option) => option.startsWith('name=seccomp'));
  return {
    by: 'docker',
    uid: CAGE.uid,
    limits,
    engine: info.ServerVersion,
    cgroup: info.CgroupVersion ?? '1',
    seccomp: [...(profile === undefined ? [] : [/profile=(.+)/.exec(profile)?.[1] ?? 'default']), 'tcplab'],
  };
}

/**
 * A container for programs that nobody trusts, in a host's network namespace. Of the lab it holds the teaching modules and the launcher,
 * for over the checkout lies an empty folder; nothing can be written to but /tmp, and the engine holds what limits it can.
 * @param host the host's container, by its id
 */
export function cageOptions(host: string, limits: Limits): Docker.ContainerCreateOptions {
  const memory = limits.memoryBytes + OWN_MEMORY_BYTES;
  const cpuS = Math.ceil(limits.cpuMs / 1_000);
  return {
    // To become the programs' user, which the launcher is not: they cannot reach it.
    User: '0:0',
    WorkingDir: '/',
    Env: [`NODE_COMPILE_CACHE=${CAGE.cache}`],
    Entrypoint: ['node', '--no-warnings', CAGE.entry],
    HostConfig: {
      NetworkMode: `container:${host}`,
      // Whatever loses its parent is waited for.
      Init: true,
      IpcMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['NET_RAW', 'SETUID', 'SETGID', 'SETPCAP', 'KILL'],
      SecurityOpt: ['no-new-privileges'],
      MaskedPaths: hidden(),
      ReadonlyRootfs: true,
      Tmpfs: {
        '/tcplab': 'ro,size=4k,nr_inodes=1',
        [CAGE.submission]: `rw,size=${SUBMISSION_BYTES},mode=755`,
        [CAGE.scratch]: `rw,size=${limits.diskBytes},nr_inodes=${limits.diskFiles + 1},uid=${CAGE.uid},gid=${CAGE.uid},mode=700`,
      },
      Memory: memory,
      MemorySwap: memory,
      PidsLimit: limits.processes + OWN_PROCESSES,
      Ulimits: [
        { Name: 'cpu', Soft: cpuS, Hard: cpuS + 1 },
        both('nofile', limits.descriptors),
        both('fsize', limits.diskBytes),
        both('msgqueue', 0),
        both('core', 1),
      ],
    },
  };
}

function both(name: string, most: number): { Name: string; Soft: number; Hard: number } {
  return { Name: name, Soft: most, Hard: most };
}
