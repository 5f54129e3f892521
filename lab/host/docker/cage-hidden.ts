import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What of a container is hidden in a cage: folders are empty there, and files are /dev/null. None of it would give a program a right
 * that it has not; but what is not there needs no proof of that. What this engine or its image does not have is passed over.
 */
export function hidden(): string[] {
  return [
    ...HIDDEN,
    // The machine, by its own names for it. The launcher reads in /sys/fs/cgroup what the cage has used: its own group, read-only.
    ...namesIn('/sys').filter((path) => path !== '/sys/fs'),
    ...namesIn('/sys/fs').filter((path) => path !== '/sys/fs/cgroup'),
  ];
}

const HIDDEN = [
  // What engines up to 28 hide in every container, for this list takes the place of theirs.
  ...below(
    '/proc',
    'acpi asound interrupts kcore keys latency_stats sched_debug scsi timer_list timer_stats',
  ),
  // Of terminals and message queues the kernel has only so many for everybody.
  ...below('/dev', 'mqueue pts'),
  // What the image has for others.
  ...below('', 'boot home media mnt opt root run srv var'),
  ...below('/usr', 'games include libexec local/lib local/libexec share src'),
  ...below('/usr/bin', 'ip mount nc nsenter perl su tcpdump umount unshare'),
  ...below('/usr/sbin', 'bridge capsh chroot nft pivot_root runuser setcap tc'),
  ...below('/usr/local/bin', 'gate nft npm npx run tcpdump tcplab'),
  // With no server to ask, a name that is not in /etc/hosts is not found at once: the engine's would leave the question unanswered.
  ...below('/etc', 'gshadow gshadow- resolv.conf shadow shadow-'),
];

function below(folder: string, names: string): string[] {
  return names.split(' ').map((name) => `${folder}/${name}`);
}

/** None where there is no such folder: then the engine is on another machine, which the launcher's hello tells. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
