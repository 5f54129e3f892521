import { attempt } from './attempt.ts';
import type { Check } from './check.ts';
import { findTool } from './find-tool.ts';
import { installSteps } from './install.ts';
import { firstLine } from './loading.ts';
import type { Machine } from './machine.ts';

const TRIAL = ['--ro-bind', '/', '/', '--unshare-all', '--die-with-parent', 'true'];

/** bubblewrap puts a submission into a file system of its own. */
export function bubblewrapCheck(machine: Machine): Check {
  return {
    id: 'bubblewrap',
    title: 'bubblewrap',
    group: 'Grading, Docker, third witness',
    async run() {
      const found = findTool('bwrap', machine.path);
      if (found === undefined) {
        return {
          status: 'optional',
          detail: 'not installed; grading hides your files from submissions with it',
          remedy: installSteps(['bwrap'], machine),
        };
      }
      const { exitCode, stderr } = await attempt([found.file, ...TRIAL]);
      if (exitCode === 0)
        return { status: 'works', detail: 'hides your files from submissions that are graded' };
      return { status: 'optional', detail: `installed, and does not work here: ${firstLine(stderr)}` };
    },
  };
}
