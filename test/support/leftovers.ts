import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { execa } from 'execa';

/** What a machine has that a run could leave behind. */
export interface Belongings {
  /** Processes whose environment or command line names this run's marker, as `pid command`. */
  readonly processes: readonly string[];
  /** Network, user, mount and PID namespaces that some process is in. */
  readonly namespaces: readonly string[];
  /** But for those that a Docker engine makes and removes as it likes. */
  readonly interfaces: readonly string[];
  /** `nft list ruleset` here without the tables in which an engine has its rules; empty for a user who may not see them. */
  readonly rules: readonly string[];
}

/**
 * Looks at the whole machine. Other users' processes and tests come and go meanwhile, so processes are told by a marker that
 * the caller put into the environment of what it started; namespaces by being those of such a process.
 */
export async function belongings(marker: string): Promise<Belongings> {
  const ours = processes().filter(({ environment }) => environment.includes(marker));
  const here = new Set(KINDS.map((kind) => namespaceOf('self', kind)));
  const namespaces = ours.flatMap(({ pid }) => KINDS.map((kind) => namespaceOf(pid, kind)));
  const { stdout: ruleset } = await execa('nft', ['list', 'ruleset'], { reject: false });
  return {
    processes: ours.map(({ pid, command }) => `${pid} ${command}`),
    namespaces: [...new Set(namespaces)].filter((name) => name !== '' && !here.has(name)),
    interfaces: readdirSync('/sys/class/net')
      .filter((name) => !ENGINES_INTERFACE.test(name))
      .sort(),
    rules: ruleset
      .replaceAll(/^#.*\n/gm, '')
      .split(/^(?=table )/m)
      .filter((table) => !ENGINES_TABLE.test(table)),
  };
}

/** Bridges, and one end of a link for each container. */
const ENGINES_INTERFACE = /^(br-|docker|veth)/;
/** iptables keeps its rules in these. */
const ENGINES_TABLE = /^table ip6? (filter|mangle|nat|raw|docker-bridges) /;

const KINDS = ['net', 'user', 'mnt', 'pid'] as const;

function processes(): { pid: string; command: string; environment: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid,
      command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
      environment: read(`/proc/${pid}/environ`),
    }));
}

/** A process may end, or belong to somebody else, between the listing and the reading. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function namespaceOf(pid: string, kind: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return '';
  }
}
