/** Package managers that doctor speaks. */
export type Manager = 'apt' | 'dnf' | 'pacman' | 'zypper' | 'apk';

/** Which Linux this is, from os-release(5). */
export interface Distribution {
  /** As people call it: `Ubuntu 24.04.1 LTS`. */
  readonly name: string;
  /** `ubuntu`, `debian`, `fedora` …; empty when there is no os-release. */
  readonly id: string;
  /** Undefined for a distribution whose packages doctor does not know. */
  readonly manager: Manager | undefined;
}

/** The family of a distribution by its ID, or by one of those it says it is like. */
const MANAGERS: Readonly<Record<string, Manager>> = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  rhel: 'dnf',
  centos: 'dnf',
  arch: 'pacman',
  suse: 'zypper',
  opensuse: 'zypper',
  alpine: 'apk',
};

/** Reads the text of /etc/os-release; undefined stands for a machine without one. */
export function distributionOf(osRelease: string | undefined): Distribution {
  const fields = new Map<string, string>();
  for (const line of (osRelease ?? '').split('\n')) {
    const [, key, value] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  const id = fields.get('ID') ?? '';
  const family = [id, ...(fields.get('ID_LIKE') ?? '').split(' ')];
  return {
    name: fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? 'an unnamed Linux',
    id,
    manager: family.map((name) => MANAGERS[name]).find((manager) => manager !== undefined),
  };
}
