import { spawn } from 'node:child_process';

/** Longer than anything that is measured, so that they end even when nobody ends them. */
const END_MS = 900_000;

/** Runs `work` beside `count` processes that do nothing but count, ended by their process ids. */
export async function withBusyProcessors<T>(count: number, work: () => Promise<T>): Promise<T> {
  const loop = `const end = Date.now() + ${END_MS}; while (Date.now() < end);`;
  const busy = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const child of busy) child.kill('SIGKILL');
  }
}
