import type { Step } from './check.ts';
import type { Manager } from './distribution.ts';
import type { Machine } from './machine.ts';

/** What it takes to know of a machine to install something on it. */
export type Installing = Pick<Machine, 'distribution' | 'sudo' | 'updateFirst'>;

const COMMANDS: Readonly<Record<Manager, string>> = {
  apt: 'apt-get install',
  dnf: 'dnf install',
  pacman: 'pacman -S',
  zypper: 'zypper install',
  apk: 'apk add',
};

/**
 * The package that holds a tool, where it is not called like the tool. setup/tools.sh has the same list for the launcher,
 * and a test holds the two together.
 */
const PACKAGES: Readonly<Record<string, Partial<Record<Manager, string>> & { readonly other?: string }>> = {
  ip: { dnf: 'iproute', other: 'iproute2' },
  ss: { dnf: 'iproute', other: 'iproute2' },
  nft: { other: 'nftables' },
  'libnftables.so.1': { apt: 'libnftables1', other: 'nftables' },
  unshare: { apk: 'util-linux-misc', other: 'util-linux' },
  setpriv: { apk: 'setpriv', other: 'util-linux' },
  'g++': { dnf: 'gcc-c++', zypper: 'gcc-c++', pacman: 'gcc' },
  python3: { pacman: 'python' },
  tshark: { dnf: 'wireshark-cli', pacman: 'wireshark-cli', zypper: 'wireshark' },
  hping3: { pacman: 'hping', zypper: 'hping' },
  bwrap: { other: 'bubblewrap' },
  docker: { apt: 'docker.io', dnf: 'moby-engine' },
};

/** The name of the package that holds a tool. */
export function packageOf(manager: Manager, tool: string): string {
  const names = PACKAGES[tool];
  return names?.[manager] ?? names?.other ?? tool;
}

/** How to install the packages of some tools on this machine. */
export function installSteps(tools: readonly string[], machine: Installing): readonly Step[] {
  const { manager } = machine.distribution;
  const packages = [...new Set(tools.map((tool) => packageOf(manager ?? 'apt', tool)))].join(' ');
  const update = manager === 'apt' && machine.updateFirst ? `${machine.sudo}apt-get update && ` : '';
  if (manager !== undefined) return [{ run: `${update}${machine.sudo}${COMMANDS[manager]} ${packages}` }];
  return [`Install with your system's package manager what Debian calls ${packages}.`];
}
