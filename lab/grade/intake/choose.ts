import { type Exercise, folderName, studentFiles } from '../../exercise/exercise.ts';
import { type Collected, type Met, shown } from './collector.ts';
import { byPath, type TakenFile } from './digest.ts';
import { type IntakeLimits, inBytes } from './limits.ts';
import { type Place, WITHOUT_FOLDER } from './places.ts';
import { quoted } from './quoted.ts';

/** What is taken of one exercise. */
export interface Chosen {
  readonly exercise: Exercise;
  /** By path. */
  readonly files: readonly TakenFile[];
  /** The newest time of the files, in milliseconds since 1970; null when unknown. */
  readonly time: number | null;
}

/** A sentence for the student, about one exercise or the whole submission. */
export interface Note {
  readonly exercise?: Exercise;
  readonly sentence: string;
}

/** What is taken of a submission. */
export interface Choice {
  readonly chosen: readonly Chosen[];
  readonly notes: readonly Note[];
}

/** More notes than this are only counted. */
const MOST_NOTES = 20;

/**
 * Chooses the files of each exercise from what was met in a submission. A pure function.
 *
 * @param known every exercise there is, so that a folder with a mistake in its name can be told from another exercise's
 */
export function choose(
  collected: Collected,
  exercises: readonly Exercise[],
  known: readonly Exercise[],
  limits: IntakeLimits,
): Choice {
  const notes: Note[] = collected.notes.map((sentence) => ({ sentence }));
  notes.push(...misnamed(collected.folders, known));
  const chosen: Chosen[] = [];
  let left = limits.submissionBytes;
  for (const exercise of exercises.toSorted((a, b) => a.number - b.number)) {
    const note = (sentence: string): void => void notes.push({ exercise, sentence });
    const here = placed(collected.met, exercise, note);
    if (here.length === 0) continue;
    const distinct = oneAPath(here, note);
    const wanted = inOrder(distinct, exercise);
    if (wanted.length > limits.files)
      note(
        `${folderName(exercise)} has ${wanted.length} files, and ${limits.files} are taken: hand in only what your programs use.`,
      );
    const files: (TakenFile & { time: number | null })[] = [];
    for (const file of wanted.slice(0, limits.files)) {
      if (file.content.length > left) {
        note(
          `${quoted(file.path)} is not taken: the submission is larger than ${inBytes(limits.submissionBytes)}.`,
        );
        continue;
      }
      left -= file.content.length;
      files.push(file);
    }
    chosen.push({
      exercise,
      files: files.map(({ path, content }) => ({ path, content })).sort(byPath),
      time: newest(files.map(({ time }) => time)),
    });
  }
  return { chosen, notes: bounded(notes) };
}

interface Here extends Omit<Met, 'path' | 'places'> {
  readonly at: readonly string[];
  readonly inside: readonly string[];
}

/** What was met in the nearest place of an exercise. */
function placed(met: readonly Met[], exercise: Exercise, note: (sentence: string) => void): Here[] {
  const students = studentFiles(exercise);
  const groups = new Map<string, { place: Place; here: Here[] }>();
  for (const { path, places, ...rest } of met) {
    for (const place of places) {
      if (place.exercise !== exercise) continue;
      const key = `${place.rank} ${place.around}`;
      const group = groups.get(key) ?? { place, here: [] };
      groups.set(key, group);
      group.here.push({ at: path, inside: place.inside, ...rest });
    }
  }
  const usable = [...groups.values()]
    .filter(
      ({ place, here }) =>
        place.rank < WITHOUT_FOLDER ||
        here.some(
          ({ inside, kind }) =>
            kind !== 'folder' && inside.length === 1 && students.includes(inside[0] ?? ''),
        ),
    )
    .sort((a, b) => a.place.rank - b.place.rank || (a.place.around < b.place.around ? -1 : 1));
  const [nearest, ...others] = usable;
  if (nearest === undefined) return [];
  if (others.some(({ place }) => place.rank === nearest.place.rank))
    note(
      `${folderName(exercise)} is there more than once, and the one in ${quoted(nearest.place.around)} was taken: hand in one.`,
    );
  return nearest.here;
}

interface Wanted extends TakenFile {
  readonly time: number | null;
}

/** Of several entries with one path the last one counts, as for `tar -x` and `unzip -o`, also when it cannot be taken. */
function oneAPath(here: readonly Here[], note: (sentence: string) => void): Wanted[] {
  const byName = new Map<string, Here>();
  for (const one of here) {
    const path = one.inside.join('/');
    if (one.refused === undefined && one.content === undefined) continue;
    if (byName.has(path))
      note(`${shown(one.at)} is there more than once, and the last one counts: hand in one.`);
    byName.set(path, one);
  }
  const wanted: Wanted[] = [];
  for (const [path, { at, refused, content, time }] of byName) {
    if (refused !== undefined) note(refused);
    if (content === undefined) continue;
    if (isBelowAFile(path, byName)) note(`${shown(at)} is both in a file and a file: pack the folder again.`);
    else wanted.push({ path, content, time });
  }
  return wanted;
}

function isBelowAFile(path: string, files: ReadonlyMap<string, Here>): boolean {
  const names = path.split('/');
  return names.some((_, n) => n > 0 && files.has(names.slice(0, n).join('/')));
}

/** The student's files come first, so that no limit takes them for the sake of others. */
function inOrder(files: readonly Wanted[], exercise: Exercise): Wanted[] {
  const students = studentFiles(exercise);
  const isTheirs = ({ path }: Wanted): boolean => students.includes(path);
  const sorted = files.toSorted(byPath);
  return [...sorted.filter(isTheirs), ...sorted.filter((file) => !isTheirs(file))];
}

function newest(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (newestYet, time) => (time === null || (newestYet !== null && newestYet >= time) ? newestYet : time),
    null,
  );
}

/** Folders that look as if they should be an exercise's. */
function misnamed(folders: readonly string[], known: readonly Exercise[]): Note[] {
  return folders.flatMap((folder) => {
    const number = /^(\d{1,2})([-_. ]|$)/.exec(folder)?.[1];
    if (number === undefined || known.some((exercise) => folderName(exercise) === folder)) return [];
    const meant = known.find((exercise) => exercise.number === Number(number));
    const remedy = meant ? `: rename it to ${folderName(meant)}.` : ', and there is none of this number.';
    return [{ sentence: `${quoted(folder)} is not the folder of an exercise${remedy}` }];
  });
}

function bounded(all: readonly Note[]): Note[] {
  const notes = [...new Map(all.map((note) => [`${note.exercise?.number} ${note.sentence}`, note])).values()];
  if (notes.length <= MOST_NOTES) return notes;
  const more = notes.length - MOST_NOTES;
  return [
    ...notes.slice(0, MOST_NOTES),
    { sentence: `There is more of this kind, ${more} times: see to the first ones.` },
  ];
}
