import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderName } from '../../exercise/exercise.ts';
import { exerciseNamed } from '../../exercises/catalog.ts';
import { ANSWERS } from './honest-jobs.ts';
import { timed } from './measure.ts';

const ENTRY = fileURLToPath(new URL('../main.ts', import.meta.url));
const ROWS = 36;
/** So few that the processors are not what limits two of them. */
export const SLOTS_EACH = 2;

/** How many times as fast two `grade run`, with a shard each, are as one with all of it, each with so many slots. */
export async function twoWorkers(told: (line: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-bench-'));
  try {
    for (let n = 0; n < ROWS; n++) {
      const place = join(folder, 'in', `student-${n}`, folderName(exerciseNamed('4')));
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'client.ts'), ANSWERS[4]);
    }
    const out = join(folder, 'out');
    await grade('plan', join(folder, 'in'), '--out', out);
    const run = (shard: string): Promise<void> =>
      grade('run', '--plan', join(out, 'plan.jsonl'), '--shard', shard, '--jobs', String(SLOTS_EACH));
    const oneMs = await timed(() => run('1/1'));
    const twoMs = await timed(() => Promise.all([run('1/2'), run('2/2')]));
    told(`${ROWS} rows: one worker ${(oneMs / 1_000).toFixed(1)} s, two ${(twoMs / 1_000).toFixed(1)} s`);
    return oneMs / twoMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function grade(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [ENTRY, 'grade', ...args], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`grade ${args[0]} ended with ${code}`);
}
