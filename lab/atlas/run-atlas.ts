import { release } from 'node:os';
import PQueue from 'p-queue';
import type { Backend } from '../host/backend.ts';
import type { Provocation } from './provocation.ts';
import { type EdgeResult, type Place, provoke } from './provoke.ts';

/** What the atlas found, as `--json` prints it. */
export interface AtlasResult {
  readonly schema: 'tcplab/atlas/1';
  readonly kernel: string;
  readonly backend: Backend;
  /** 6 with `--ipv6`. */
  readonly ip: 4 | 6;
  readonly elapsedMs: number;
  readonly transitions: readonly EdgeResult[];
}

export interface AtlasOptions extends Place {
  /** How many pairs of hosts there may be at the same time. */
  readonly jobs: number;
  /** Is told what became of the nth provocation, counted from 0, as soon as it is known. */
  readonly finished?: (result: EdgeResult, n: number) => void;
}

/** Provokes edges side by side, each on a fresh pair of hosts; those that last longest first. @throws what the machine lacks. */
export async function runAtlas(all: readonly Provocation[], options: AtlasOptions): Promise<AtlasResult> {
  const startMs = performance.now();
  const queue = new PQueue({ concurrency: options.jobs });
  const transitions = await Promise.all(
    all.map((provocation, n) =>
      queue.add(
        async () => {
          const result = await provoke(provocation, options);
          options.finished?.(result, n);
          return result;
        },
        { priority: provocation.lastsMs ?? 0 },
      ),
    ),
  );
  return {
    schema: 'tcplab/atlas/1',
    kernel: release(),
    backend: options.backend,
    ip: options.ipv6 ? 6 : 4,
    elapsedMs: performance.now() - startMs,
    transitions,
  };
}

/** Whether every edge was settled. */
export function isSettled({ transitions }: AtlasResult): boolean {
  return transitions.every(({ verdict }) => verdict !== 'unsettled');
}
