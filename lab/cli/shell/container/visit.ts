/**
 * `on HOST COMMAND …` and `next`, in an observer's container: asks the lab, by the door, and lends the command on the other host its
 * own standard streams, terminal and signals.
 */
import { closeSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import { DOOR, type Said, type Told } from './messages.ts';

const [STDIN, STDOUT, STDERR] = [0, 1, 2];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const [verb, ...args] = process.argv.slice(2);
const { stdin, stdout } = process;
const isInFront = inFront();
const terminal = isInFront && isatty(STDIN) && isatty(STDOUT);
let taken = (): void => {};

const socket = connect(DOOR);
socket.on('error', (error) => end(1, `${verb}: the lab cannot be asked: ${error.message}`));
socket.on('end', () => end(1, `${verb}: the lab has gone`));
createInterface({ input: socket })
  .on('line', (line) => hear(JSON.parse(line) as Told))
  .on('error', () => {});
// Whoever reads this has read enough.
stdout.on('error', () => end(1));

if (verb === 'next') say({ next: true });
else await lend();

async function lend(): Promise<void> {
  const input = isatty(STDIN) ? isInFront : !isInherited();
  say({ on: args, input, ...(terminal ? { size: size() } : {}) });
  for (const signal of SIGNALS) process.on(signal, () => say({ signal }));
  if (terminal) {
    stdin.setRawMode(true);
    stdout.on('resize', () => say({ size: size() }));
  }
  if (!input) return;
  for await (const bytes of stdin as AsyncIterable<Buffer>) {
    const next = Promise.withResolvers<void>();
    taken = next.resolve;
    say({ input: bytes.toString('base64') });
    await next.promise;
  }
  say({ inputEnds: true });
}

function hear(told: Told): void {
  if ('exit' in told) end(told.exit);
  else if ('taken' in told) taken();
  else if ('stdout' in told) stdout.write(Buffer.from(told.stdout, 'base64'));
  else process.stderr.write(Buffer.from(told.stderr, 'base64'));
}

function say(said: Said): void {
  socket.write(`${JSON.stringify(said)}\n`);
}

function end(code: number, why?: string): never {
  if (why !== undefined) console.error(why);
  if (terminal) stdin.setRawMode(false);
  // Node sets every terminal it has as it was when it began. One that is somebody else's now is to stay as it is.
  if (!isInFront) for (const fd of [STDIN, STDOUT, STDERR]) closeSync(fd);
  process.exit(code);
}

function size(): [number, number] {
  return [stdout.columns, stdout.rows];
}

/** Whether this is the terminal's foreground job, which may read from it and set it. proc(5), /proc/PID/stat. */
function inFront(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , group, , terminal, foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return terminal === '0' || group === foreground;
}

/** Whether what comes on standard input is the shell's own: the commands that it has still to read. */
function isInherited(): boolean {
  try {
    return readlinkSync('/proc/self/fd/0') === readlinkSync(`/proc/${process.ppid}/fd/0`);
  } catch {
    return false;
  }
}
