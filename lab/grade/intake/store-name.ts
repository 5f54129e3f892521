import { createHash } from 'node:crypto';

/** What every file system takes as a name, with room for the store's own prefixes. */
const LONGEST = 200;

/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;

/**
 * The name of a student's folder in the store, safe on every file system. Small letters, digits, `.`, `-` and `_` stay, a capital
 * letter is a `+` and the small one, every other byte of the UTF-8 is `%` and two hexadecimal digits. So names that differ only in
 * case or in their Unicode form stay apart everywhere.
 *
 * A name that gets too long is cut, and ends in `~` and the beginning of its SHA-256.
 */
export function storeName(student: string): string {
  const name = student
    .replace(/[^A-Za-z0-9._-]|^\.|\.$/gu, escaped)
    .replace(/[A-Z]/g, (letter) => `+${letter.toLowerCase()}`)
    .replace(DEVICE, (device) => `${escaped(device.slice(0, 1))}${device.slice(1)}`);
  if (name.length <= LONGEST) return name;
  const digest = createHash('sha256').update(student).digest('hex');
  return `${name.slice(0, LONGEST)}~${digest.slice(0, 16)}`;
}

/** The student of a folder in the store; undefined for a name that was cut, or that is none of `storeName`. */
export function studentOf(name: string): string | undefined {
  if (!/^(?:[a-z0-9._-]|\+[a-z]|%[0-9a-f]{2})+$/.test(name)) return undefined;
  const escapes = name.replace(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase());
  try {
    const student = decodeURIComponent(escapes);
    return storeName(student) === name ? student : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** The bytes are those of well-formed UTF-8: a student's name comes from a file's, and cannot hold half a character. */
function escaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
