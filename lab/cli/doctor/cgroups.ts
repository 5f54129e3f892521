import { mkdirSync, rmdirSync } from 'node:fs';
import type { Check, Finding } from './check.ts';
import { textOf } from './files.ts';
import type { Machine } from './machine.ts';

/** The controllers that grading limits submissions with. */
const WANTED = ['memory', 'pids'] as const;

/** Where this process is in the cgroup hierarchies, and what it may do there. */
export interface CgroupFacts {
  /** Controllers of the wanted ones by hierarchy, and whether a group of our own can be made below ours. */
  readonly v2: { readonly controllers: readonly string[]; readonly writable: boolean } | undefined;
  readonly v1: readonly { readonly controller: string; readonly writable: boolean }[];
}

/** Control groups limit what a submission may use of memory and processes. cgroups(7). */
export function cgroupsCheck(machine: Machine): Check {
  return {
    id: 'cgroups',
    title: 'cgroups',
    group: 'Grading, Docker, third witness',
    run: async () => cgroupsFinding(cgroupFacts(), machine),
  };
}

export function cgroupsFinding(facts: CgroupFacts, machine: Pick<Machine, 'root' | 'systemd'>): Finding {
  const inV2 = WANTED.filter((name) => facts.v2?.controllers.includes(name));
  if (facts.v2?.writable && inV2.length === WANTED.length) {
    return { status: 'works', detail: 'v2, memory and pids are ours to limit: grading uses them' };
  }
  const inV1 = facts.v1.filter(({ writable }) => writable).map(({ controller }) => controller);
  if (inV1.length === WANTED.length) {
    return { status: 'works', detail: 'v1, memory and pids are ours to limit: grading uses them' };
  }
  const instead = 'grading limits submissions by rlimits alone';
  const offered = [...new Set([...inV2, ...facts.v1.map(({ controller }) => controller)])];
  if (offered.length < WANTED.length) {
    const missing = WANTED.filter((name) => !offered.includes(name));
    return { status: 'optional', detail: `no ${missing.join(' and ')} controller here; ${instead}` };
  }
  const scope = {
    run: `systemd-run ${machine.root ? '' : '--user '}--scope -p Delegate=yes ./tcplab grade …`,
  };
  return {
    status: 'optional',
    detail: `memory and pids are not delegated to us; ${instead}`,
    ...(machine.systemd ? { remedy: ['To have them for one grading:', scope] } : {}),
  };
}

/** Tries to make a group below ours, in each hierarchy, and removes it. */
function cgroupFacts(): CgroupFacts {
  const mounts = (textOf('/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' '));
  const groups = (textOf('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
  const pathOf = (wanted: string): string =>
    groups
      .find(([, controllers]) => controllers?.split(',').includes(wanted))
      ?.slice(2)
      .join(':') ?? '/';
  const mount2 = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
  const own2 = mount2 && below(mount2, pathOf(''));
  return {
    v2: own2
      ? {
          controllers: (textOf(`${own2}/cgroup.controllers`) ?? '').split(' '),
          writable: canMakeGroup(own2),
        }
      : undefined,
    v1: WANTED.flatMap((controller) => {
      const mount = mounts.find(
        ([, , type, options]) => type === 'cgroup' && options?.split(',').includes(controller),
      );
      return mount?.[1] === undefined
        ? []
        : [{ controller, writable: canMakeGroup(below(mount[1], pathOf(controller))) }];
    }),
  };
}

function below(mount: string, path: string): string {
  return path === '/' ? mount : `${mount}${path}`;
}

function canMakeGroup(parent: string): boolean {
  const group = `${parent}/tcplab-doctor-${process.pid}`;
  try {
    mkdirSync(group);
    rmdirSync(group);
    return true;
  } catch {
    return false;
  }
}
