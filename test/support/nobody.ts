import { chownSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import lock from '../../package-lock.json' with { type: 'json' };
import { ROOT } from './tcplab.ts';

/** Debian's `nobody`: an id that owns nothing. */
const NOBODY = 65_534;
/** What a user has; the lock marks what only developers have. */
const PACKAGES = Object.entries(lock.packages as Record<string, { dev?: boolean }>)
  .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(ROOT, path)))
  .map(([path]) => path);

/** Only root can become somebody else. */
export const isRoot = process.getuid?.() === 0;

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number | undefined;
}

type AsNobody = (...args: string[]) => Promise<Ended>;

/**
 * Runs `work` with a way to call the lab as a user who owns nothing but a copy of it, and may do nothing: no capability is
 * left even in the bounding set. The copy has the packages of a user and nothing that root has set up.
 */
export async function asNobody<T>(work: (tcplab: AsNobody) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'tcplab-nobody-'));
  try {
    for (const name of ['lab', 'servers', 'clients', 'package.json', ...PACKAGES]) {
      cpSync(join(ROOT, name), join(home, name), { recursive: true });
    }
    cpSync(process.execPath, join(home, 'node'));
    chownSync(home, NOBODY, NOBODY);
    const options = {
      cwd: home,
      env: {
        HOME: home,
        PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
        NODE_COMPILE_CACHE: join(home, 'cache'),
      },
      extendEnv: false,
      reject: false,
    } as const satisfies Options;
    const become = [
      '--reuid',
      String(NOBODY),
      '--regid',
      String(NOBODY),
      '--clear-groups',
      '--bounding-set',
      '-all',
    ];
    return await work((...args) =>
      execa('setpriv', [...become, join(home, 'node'), 'lab/cli/main.ts', ...args], options),
    );
  } finally {
    rmSync(home, { recursive: true });
  }
}
