import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { release, userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Container, containerOf } from './container.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { textOf } from './files.ts';

/** The folder that holds `tcplab`, `node_modules/` and `lab/`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What several checks want to know of the machine and of who asks. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** The kernel's release, such as `6.8.0-45-generic`. */
  readonly kernel: string;
  readonly distribution: Distribution;
  readonly container: Container | undefined;
  readonly user: string;
  readonly root: boolean;
  /** What stands before a command that only root may run: `sudo `, or nothing for root. */
  readonly sudo: string;
  readonly path: string;
  /** apt has never fetched its lists of packages, as in a fresh container: that comes before installing. */
  readonly updateFirst: boolean;
  /** systemd runs this machine, and starts its services. */
  readonly systemd: boolean;
}

/** Looks at this machine. */
export function thisMachine(): Machine {
  const root = process.getuid?.() === 0;
  return {
    platform: process.platform,
    architecture: process.arch,
    kernel: release(),
    distribution: distributionOf(textOf('/etc/os-release') ?? textOf('/usr/lib/os-release')),
    container: containerOf({
      dockerFile: existsSync('/.dockerenv'),
      apart: isApart(),
      podmanFile: existsSync('/run/.containerenv'),
      variable: variableOfFirstProcess() ?? process.env.container,
      kubernetes: process.env.KUBERNETES_SERVICE_HOST !== undefined,
    }),
    user: userName(),
    root,
    sudo: root ? '' : 'sudo ',
    path: process.env.PATH ?? '',
    updateFirst: hasNoPackageLists(),
    systemd: existsSync('/run/systemd/system'),
  };
}

function hasNoPackageLists(): boolean {
  try {
    return !readdirSync('/var/lib/apt/lists').some((file) => file.includes('Packages'));
  } catch {
    return true;
  }
}

/** PROC_PID_INIT_INO: the number of the first PID namespace, the same on every machine. include/linux/proc_ns.h. */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

function isApart(): boolean {
  const layers = / \/ \/ .* - overlay /.test(textOf('/proc/self/mountinfo') ?? '');
  try {
    return layers || readlinkSync('/proc/self/ns/pid') !== FIRST_PID_NAMESPACE;
  } catch {
    return layers;
  }
}

/** `container` in the environment of PID 1, which only its own user may read; systemd leaves a copy in /run. */
function variableOfFirstProcess(): string | undefined {
  const inherited = textOf('/proc/1/environ')
    ?.split('\0')
    .find((variable) => variable.startsWith('container='));
  return inherited?.slice('container='.length) ?? textOf('/run/systemd/container');
}

/** A container may run as a user that its /etc/passwd does not know. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}
