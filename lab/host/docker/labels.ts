import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { bootId } from './answers.ts';

/** The label that everything a run makes carries; its value is the run's id. Nothing without it is ever removed. */
export const RUN_LABEL = 'tcplab.run';

/** Who made a run: a process, named so that another one can tell whether it still lives. */
const OWNER = {
  boot: 'tcplab.owner.boot',
  pidNamespace: 'tcplab.owner.pidns',
  pid: 'tcplab.owner.pid',
  startTime: 'tcplab.owner.start',
  container: 'tcplab.owner.container',
} as const;

export type Labels = Readonly<Record<string, string>>;

/** A new run of this process: its id, and its labels. */
export function newRun(): { readonly id: string; readonly labels: Labels } {
  const id = randomBytes(6).toString('hex');
  return {
    id,
    labels: {
      [RUN_LABEL]: id,
      [OWNER.boot]: bootId(),
      [OWNER.pidNamespace]: pidNamespace(),
      [OWNER.pid]: String(process.pid),
      [OWNER.startTime]: startTime(process.pid) ?? '',
      [OWNER.container]: ownContainer() ?? '',
    },
  };
}

/** What is known of the process that made something. */
export type Owner =
  /** It lives. */
  | 'alive'
  /** It has ended, so whatever it made is a leftover. */
  | 'gone'
  /** It runs, or ran, where this process cannot see it: in another container, or outside of this one. */
  | { readonly elsewhere: string };

/** Whether the process that labelled something so still lives. */
export function ownerOf(labels: Labels): Owner {
  if (labels[OWNER.boot] !== bootId()) return 'gone';
  if (labels[OWNER.pidNamespace] !== pidNamespace()) return { elsewhere: labels[OWNER.container] ?? '' };
  const started = startTime(Number(labels[OWNER.pid]));
  return started !== undefined && started === labels[OWNER.startTime] ? 'alive' : 'gone';
}

function pidNamespace(): string {
  return readlinkSync('/proc/self/ns/pid');
}

/** When a process began, in clock ticks since the machine did: a process id is used again, the two together are not. proc(5). */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** The id of the container that this process is in: the engine mounts files of its own there, by that id. */
function ownContainer(): string | undefined {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  return /\/containers\/([0-9a-f]{64})\/(?:hostname|resolv\.conf|hosts) /.exec(mounts)?.[1];
}
