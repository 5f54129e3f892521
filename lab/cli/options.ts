import { UsageError } from './command.ts';

/** A whole number of milliseconds from the command line. @throws UsageError naming the option. */
export function milliseconds(option: string, text: string, max = 3_600_000): number {
  return wholeNumber(option, text, 0, max);
}

/** A whole number in [min, max] from the command line. @throws UsageError naming the option and the range. */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}"`);
}

/** Where the hosts are made. Namespaces are the only place so far. */
export const BACKENDS = ['namespaces'] as const;

/** Checks `--backend`. @throws UsageError naming the backends there are. */
export function backend(text: string): (typeof BACKENDS)[number] {
  const known = BACKENDS.find((name) => name === text);
  if (known === undefined)
    throw new UsageError(`no backend "${text}". The backends are: ${BACKENDS.join(', ')}`);
  return known;
}
