import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TRACEPOINTS } from '../../lab/sys/tracefs.ts';
import { belongings } from '../support/leftovers.ts';
import { ROOT } from '../support/tcplab.ts';
import { needs, traceable } from './support.ts';

const EVENT = 'anon_inode:[perf_event]';

/** PATH reaches the programs too, so a folder in it marks every process of a run. */
function start(marker: string, ...args: string[]) {
  const child = spawn(process.execPath, ['lab/cli/main.ts', ...args, '--trace'], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${process.env.PATH}:/${marker}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

/** Perf descriptors that a process has open. */
function events(pid: string): number {
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`);
    return descriptors.filter((fd) => readlinkSync(join('/proc', pid, 'fd', fd)) === EVENT).length;
  } catch {
    return 0;
  }
}

/** Whether a process of this run has any open. */
async function tracing(marker: string): Promise<boolean> {
  const { processes } = await belongings(marker);
  return processes.some((line) => events(line.split(' ')[0] ?? '') > 0);
}

/** What tracing would leave in tracefs. */
function tracefs() {
  const root = '/sys/kernel/tracing';
  const files = [
    'sock/enable',
    'tcp/enable',
    ...TRACEPOINTS.flatMap((name) => [`${name}/enable`, `${name}/filter`]),
  ];
  return {
    instances: readdirSync(`${root}/instances`),
    files: files.map((file) => `${file}: ${readFileSync(`${root}/events/${file}`, 'utf8').trim()}`),
    on: readFileSync(`${root}/tracing_on`, 'utf8'),
    tracer: readFileSync(`${root}/current_tracer`, 'utf8'),
  };
}

describe.skipIf(!traceable)(`what the tracepoints are open in ${needs}`, () => {
  test('programs inherit neither the descriptors nor the variable', { timeout: 30_000 }, async () => {
    const marker = `tcplab-trace-${process.pid}`;
    const child = start(marker, 'play', 'servers/never-close.ts', 'clients/connect.ts', '--for', '60000');
    const exited = once(child, 'exit');
    const programs = async () =>
      (await belongings(marker)).processes.filter((line) => /\/(servers|clients)\//.test(line));
    await expect.poll(async () => (await programs()).length, { timeout: 10_000 }).toBe(2);
    const all = (await belongings(marker)).processes.map((line) => line.split(' ')[0] ?? '');
    expect(Math.max(...all.map(events))).toBeGreaterThanOrEqual(TRACEPOINTS.length);
    expect(events(String(child.pid))).toBe(0);
    for (const line of await programs()) {
      const pid = line.split(' ')[0] ?? '';
      expect(events(pid)).toBe(0);
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('TCPLAB_TRACE');
    }
    child.kill('SIGTERM');
    await exited;
  });

  test('SIGKILL of the outermost process at 24 random moments leaves nothing open', {
    timeout: 120_000,
  }, async () => {
    const before = tracefs();
    let met = 0;
    const killOne = async (n: number): Promise<void> => {
      const marker = `tcplab-trace-kill-${process.pid}-${n}`;
      const child = start(marker, 'tour', '--hold', '1000');
      const exited = once(child, 'exit');
      // Every other one has its tracepoints open for certain.
      if (n % 2 === 0) await expect.poll(() => tracing(marker), { timeout: 10_000, interval: 5 }).toBe(true);
      await delay(Math.random() * 600);
      if (await tracing(marker)) met += 1;
      child.kill('SIGKILL');
      await exited;
      await expect
        .poll(
          async () => {
            const left = await belongings(marker);
            return { processes: left.processes, namespaces: left.namespaces };
          },
          { timeout: 5_000, interval: 20 },
        )
        .toEqual({ processes: [], namespaces: [] });
    };
    for (let n = 0; n < 24; n += 4) await Promise.all([0, 1, 2, 3].map((m) => killOne(n + m)));
    expect(tracefs()).toEqual(before);
    expect(met).toBeGreaterThan(8);
  });
});
