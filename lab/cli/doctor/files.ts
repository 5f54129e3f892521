import { readFileSync } from 'node:fs';

/** A small file's text without the space around it, or undefined when there is none or it may not be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The number in a file such as a sysctl's, or undefined. */
export function numberIn(file: string): number | undefined {
  const text = textOf(file);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
