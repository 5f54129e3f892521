import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import type { TourResult } from '../../lab/exercise/tour/tour.ts';
import { ROOT } from '../support/tcplab.ts';

/** Debian's `nobody`: an id that owns nothing. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const home = isRoot ? mkdtempSync(join(tmpdir(), 'tcplab-nobody-')) : '';

afterAll(() => {
  if (isRoot) rmSync(home, { recursive: true });
});

/** A copy that the user can read wherever the repository is, with the packages of a user and nothing set up by root. */
function copyForNobody(): string {
  const packages = ['koffi', '@koromix', 'raw-socket', 'p-queue'];
  for (const name of ['lab', 'servers', 'clients', 'package.json'])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  for (const name of packages) {
    cpSync(join(ROOT, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
  }
  cpSync(process.execPath, join(home, 'node'));
  chownSync(home, NOBODY, NOBODY);
  return home;
}

test.skipIf(!isRoot)(
  'a user who owns nothing and may do nothing gets all eleven states (needs root to become one)',
  async () => {
    const directory = copyForNobody();
    const { stdout, stderr, exitCode } = await execa(
      'setpriv',
      [
        ...['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--bounding-set', '-all'],
        ...[join(directory, 'node'), 'lab/cli/main.ts', 'tour', '--hold', '50', '--json'],
      ],
      {
        cwd: directory,
        env: {
          HOME: directory,
          PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
          NODE_COMPILE_CACHE: join(directory, 'cache'),
        },
        extendEnv: false,
        reject: false,
      },
    );
    expect(stderr).not.toContain('Error');
    const { states } = JSON.parse(stdout) as TourResult;
    expect(states.flatMap(({ problems }) => problems)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(states).toHaveLength(11);
  },
);
