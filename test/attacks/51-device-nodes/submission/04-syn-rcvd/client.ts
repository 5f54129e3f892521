import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { attempt, report } from './calls.ts';

const HARMLESS = new Set(['null', 'zero', 'full', 'random', 'urandom']);
const OWN = new Set(['fd', 'stdin', 'stdout', 'stderr']);
/** Numbers of null, zero, full, random and urandom, whatever they are called. null(4), full(4), random(4) */
const NUMBERS = new Set([3, 5, 7, 8, 9].map((minor) => (1 << 8) | minor));

/** Whether there is something behind a name that is none of them. */
function opens(name: string): boolean {
  try {
    const fd = openSync(`/dev/${name}`, 'r+');
    const { rdev } = fstatSync(fd);
    closeSync(fd);
    return !NUMBERS.has(rdev);
  } catch (error) {
    return (error as { code?: string }).code === 'EISDIR' && readdirSync(`/dev/${name}`).length > 0;
  }
}

report({
  block: attempt('mknodat', -100, '/tmp/disk', 0o060666, 8 << 8),
  character: attempt('mknodat', -100, '/tmp/mem', 0o020666, (1 << 8) | 1),
  fifo: attempt('mknodat', -100, '/tmp/fifo', 0o010666, 0),
  devices: readdirSync('/dev').filter((name) => !HARMLESS.has(name)).join(' '),
  opened: readdirSync('/dev').filter((name) => !OWN.has(name) && opens(name)).join(' '),
});
