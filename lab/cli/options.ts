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
