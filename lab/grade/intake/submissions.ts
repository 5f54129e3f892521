import { type Held, holdBeneath, type Kind, namesIn } from './beneath.ts';
import { fromUtf8 } from './entry-path.ts';
import { unreadable } from './not-taken.ts';
import { quoted } from './quoted.ts';

/** One student's place among the submissions. */
export interface Handed {
  readonly student: string;
  /** The name in the folder of submissions, in bytes. */
  readonly name: Buffer;
  readonly form: 'folder' | 'archive' | 'unusable';
  /** Of an unusable one: why, for the student. */
  readonly because?: string;
}

/** What lies in the folder of submissions. */
export interface AllHanded {
  /** By student, one for each. */
  readonly handed: readonly Handed[];
  /** Names that are no submissions, or that a nearer form of the same student's goes before. */
  readonly others: readonly string[];
  /** About students who have several. */
  readonly notes: readonly { readonly student: string; readonly sentence: string }[];
}

const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;
const OTHER_ARCHIVE = /\.(rar|7z|gz|bz2|xz|zst|tbz2?|txz|tzst|tar\.\w+)$/i;

/** Whether a file of this name is one that is opened. */
export function isArchive(name: string): boolean {
  return ARCHIVE.test(name) && !name.startsWith('.');
}

/**
 * The submissions in a folder: a folder or an archive a student, whose name is the student's. What begins with a point is nobody's.
 *
 * @param isOurs whether a name is the grader's own, such as the folder it writes to
 */
export function submissionsIn(folder: Held, isOurs: (file: Held) => boolean): AllHanded {
  const byStudent = new Map<string, Handed[]>();
  const others: string[] = [];
  for (const name of namesIn(folder)) {
    const text = nameOf(name);
    if (text.startsWith('.') || text === '__MACOSX') continue;
    const one = handedIn(folder, name, text, isOurs);
    if (one === undefined) others.push(quoted(text));
    else byStudent.set(one.student, [...(byStudent.get(one.student) ?? []), one]);
  }
  const handed: Handed[] = [];
  const notes: { student: string; sentence: string }[] = [];
  for (const [student, all] of [...byStudent].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first, ...rest] = all.toSorted((a, b) => FORMS.indexOf(a.form) - FORMS.indexOf(b.form));
    if (first === undefined) continue;
    handed.push(first);
    for (const { name } of rest) {
      others.push(quoted(nameOf(name)));
      const [taken, left] = [first.name, name].map((one) => quoted(nameOf(one)));
      notes.push({
        student,
        sentence: `${left} was left alone, as there is ${taken}, too: hand in one of them.`,
      });
    }
  }
  return { handed, others: others.sort(), notes };
}

/** Of several the first is taken. */
const FORMS: readonly Handed['form'][] = ['folder', 'archive', 'unusable'];

/** A name as text. Bytes that are no UTF-8 are written out as `\xff`. */
export function nameOf(name: Buffer): string {
  const text = fromUtf8(name);
  if (text !== undefined) return text;
  return [...name]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`))
    .join('');
}

function handedIn(
  folder: Held,
  name: Buffer,
  text: string,
  isOurs: (file: Held) => boolean,
): Handed | undefined {
  const ending = ARCHIVE.exec(text)?.[0];
  const student = ending === undefined ? text : text.slice(0, -ending.length);
  let kind: Kind;
  try {
    using file = holdBeneath(folder, name);
    if (isOurs(file)) return undefined;
    kind = file.kind;
  } catch (error) {
    return { student, name, form: 'unusable', because: `${quoted(text)} ${unreadable(error)}` };
  }
  if (kind === 'folder') return { student: text, name, form: 'folder' };
  if (kind === 'file' && ending !== undefined) return { student, name, form: 'archive' };
  if (kind === 'symlink' || ending !== undefined) {
    const because = `${quoted(text)} is ${NOT_FILES[kind] ?? 'no file'}, so nothing of it was taken: hand in a folder or an archive.`;
    return { student, name, form: 'unusable', because };
  }
  const other = OTHER_ARCHIVE.exec(text)?.[0];
  if (kind === 'file' && other !== undefined) {
    const because = `${quoted(text)} is an archive of a kind that is not opened here: hand in a .zip or .tar.gz.`;
    return { student: text.slice(0, -other.length), name, form: 'unusable', because };
  }
  return undefined;
}

const NOT_FILES: Partial<Record<Kind, string>> = {
  symlink: 'a symbolic link',
  hardlink: 'a hard link',
  fifo: 'a FIFO',
  device: 'a device',
  socket: 'a socket',
};
