/** A measured figure of a benchmark, with the limit it is held to where there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the figure must not go above or below, as the table prints it: `≤ 1.6`. */
  readonly limit?: string;
  readonly within?: boolean;
}

/** One benchmark's figures, or why it could not be measured. */
export interface Benchmark {
  readonly name: string;
  readonly what: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** A figure that must not exceed `limit`. */
export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, limit: `≤ ${limit}`, within: value <= limit };
}

/** A figure that must reach `limit`. */
export function atLeast(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value, unit, limit: `≥ ${limit}`, within: value >= limit };
}

/** The middle one of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
