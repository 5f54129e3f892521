import { spawnSync } from 'node:child_process';
import { CAGE } from './cage-places.ts';

/**
 * A command as a program in a cage is started: choom(1) has the kernel end it before its launcher when memory is short, and setpriv(1)
 * makes the programs' user of the launcher's, with CAP_NET_RAW.
 */
export function asProgram(command: readonly string[]): readonly [string, ...string[]] {
  return [
    ...(['choom', '-n', '1000', '--', 'nice', '-n', '5'] as const),
    ...['setpriv', `--reuid=${CAGE.uid}`, `--regid=${CAGE.uid}`, '--clear-groups', '--no-new-privs'],
    ...['--bounding-set=-all,+net_raw', '--inh-caps=-all,+net_raw', '--ambient-caps=-all,+net_raw', '--'],
    ...command,
  ];
}

const IDS = Array.from({ length: 4 }, () => CAGE.uid).join('\t');
/** CAP_NET_RAW alone, as the kernel shows a set. */
const NET_RAW = '0000000000002000';

/** What the kernel says of a program that is confined. proc_pid_status(5). */
const CONFINED = {
  Uid: IDS,
  Gid: IDS,
  Groups: '',
  ...Object.fromEntries(['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => [set, NET_RAW])),
  NoNewPrivs: '1',
  Seccomp: '2',
};

/** Starts something as programs are started, and looks at what it is. @throws Error when it is not confined: then none may start. */
export function mustConfine(): void {
  const [command, ...args] = asProgram(['cat', '/proc/self/status']);
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env: CAGE.environment });
  for (const [name, wanted] of Object.entries(CONFINED)) {
    const found = new RegExp(`^${name}:(.*)$`, 'm').exec(stdout ?? '')?.[1]?.trim();
    if (found === wanted) continue;
    const why = error?.message ?? stderr.trim();
    throw new Error(
      `programs would not be confined here: ${name} is ${found}, and should be ${wanted}. ${why}`.trim(),
    );
  }
}
