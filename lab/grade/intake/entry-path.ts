import { NotTaken } from './not-taken.ts';
import { quoted } from './quoted.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** NAME_MAX of Linux's file systems, in bytes. */
const LONGEST_NAME = 255;

/**
 * A path from an archive as the names in it. `./` and doubled `/` are left out.
 *
 * @param path as bytes, or as text that was decoded with U+FFFD in place of what is not UTF-8
 * @throws NotTaken for a path that leads out of its folder, or that different systems read as different files
 */
export function entryPath(path: Buffer | string): string[] {
  const text = decoded(path);
  const refuse = (because: string): NotTaken =>
    new NotTaken(
      `${quoted(text)} in the archive ${because}: pack the exercise folders again with an ordinary program.`,
      { whole: false },
    );
  if (text.startsWith('/')) throw refuse('is an absolute path');
  if (/^[A-Za-z]:/.test(text)) throw refuse('names a drive');
  if (text.includes('\\')) throw refuse('has backslashes in its path');
  if (/\p{Cc}/u.test(text)) throw refuse('has control characters in its name');
  const names = text.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) throw refuse('leads out of its folder');
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)) throw refuse('has too long a name');
  return names;
}

/** A name in a folder as text. @throws NotTaken for one that is not UTF-8. */
export function entryName(name: Buffer): string {
  const text = decoded(name);
  if (text.includes('\\'))
    throw new NotTaken(`${quoted(text)} has a backslash in its name: rename it.`, { whole: false });
  if (/\p{Cc}/u.test(text))
    throw new NotTaken(`${quoted(text)} has control characters in its name: rename it.`, { whole: false });
  return text;
}

function decoded(name: Buffer | string): string {
  const text = typeof name === 'string' ? name : fromUtf8(name);
  if (text === undefined || text.includes('\ufffd'))
    throw new NotTaken(
      `${quoted(String(name))} has a name that is not UTF-8: rename it with plain letters.`,
      { whole: false },
    );
  return text;
}

/** Bytes as text; undefined when they are not UTF-8. */
export function fromUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
