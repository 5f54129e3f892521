import { parseFlags } from './flags.ts';
import type { SegmentPattern } from './pattern.ts';

/** The flags a pattern wants set and the ones it wants clear, as masks; a flag in neither may be either. */
export type RequiredFlags = { readonly set: number; readonly clear: number };

/** Patterns come from a few literals and are matched against every segment: each text is read once. */
const read = new Map<string, RequiredFlags>();

/**
 * What `flags`, `has` and `not` of a pattern come to together.
 * @throws RangeError when one of them cannot be read
 */
export function requiredFlags(pattern: Pick<SegmentPattern, 'flags' | 'has' | 'not'>): RequiredFlags {
  const key = `${pattern.flags}|${pattern.has}|${pattern.not}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const exact = pattern.flags === undefined ? { set: 0, clear: 0 } : exactFlags(pattern.flags);
  const required = {
    set: exact.set | optionalMask(pattern.has),
    clear: exact.clear | optionalMask(pattern.not),
  };
  read.set(key, required);
  return required;
}

function exactFlags(text: string): RequiredFlags {
  const required = text.replaceAll(/.\?/g, '');
  // Every letter is read once, so that an unknown or repeated one is refused whether or not a `?` follows it.
  const named = parseFlags(text.replaceAll(/(?<=.)\?/g, ''));
  const set = required === '' ? 0 : parseFlags(required);
  return { set, clear: 0xff & ~named };
}

function optionalMask(text: string | undefined): number {
  return text === undefined ? 0 : parseFlags(text);
}
