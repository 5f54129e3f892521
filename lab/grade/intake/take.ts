import type { Exercise } from '../../exercise/exercise.ts';
import { folderName } from '../../exercise/exercise.ts';
import { EXERCISES } from '../../exercises/catalog.ts';
import { type Held, holdBeneath, namesIn } from './beneath.ts';
import { type Choice, choose } from './choose.ts';
import { Collector } from './collector.ts';
import { offerArchive } from './from-archive.ts';
import { offerFolder } from './from-folder.ts';
import type { IntakeLimits } from './limits.ts';
import { NotTaken, unreadable } from './not-taken.ts';
import { quoted } from './quoted.ts';
import { type Handed, isArchive, nameOf } from './submissions.ts';

/**
 * What is taken of one submission.
 *
 * @param only the exercise that is asked for; undefined for all
 * @throws what is the grader's own fault, and nothing else
 */
export async function takeSubmission(
  folder: Held,
  { name, form, because }: Handed,
  only: Exercise | undefined,
  limits: IntakeLimits,
): Promise<Choice> {
  if (because !== undefined) return nothing(because);
  const exercises = only ? [only] : EXERCISES;
  const choiceOf = async (offer: (collector: Collector) => Promise<void>): Promise<Choice> => {
    const collector = new Collector(exercises, only, limits);
    await offer(collector);
    return choose(collector, exercises, EXERCISES, limits);
  };
  let choice: Choice;
  try {
    using handed = holdBeneath(folder, name);
    if (handed.kind !== (form === 'folder' ? 'folder' : 'file')) return nothing(CHANGED);
    choice = await choiceOf(async (collector) =>
      form === 'folder' ? offerFolder(handed, collector) : await offerArchive(handed, collector),
    );
    if (form === 'folder') choice = await withArchives(handed, choice, choiceOf);
  } catch (error) {
    return nothing(error instanceof NotTaken ? error.message : `The submission ${unreadable(error)}`);
  }
  if (choice.chosen.length > 0) return choice;
  return { chosen: [], notes: [...choice.notes, { sentence: noneFound(only) }] };
}

const CHANGED = 'The submission was changed while it was read: hand it in again.';

/** A folder with one archive and no exercise is what Moodle makes of an archive that was handed in: then the archive counts. */
async function withArchives(
  handed: Held,
  choice: Choice,
  choiceOf: (offer: (collector: Collector) => Promise<void>) => Promise<Choice>,
): Promise<Choice> {
  const archives = namesIn(handed).filter((name) => isArchive(nameOf(name)));
  const [archive] = archives;
  if (archive === undefined) return choice;
  if (archives.length === 1 && choice.chosen.length === 0) {
    using inner = holdBeneath(handed, archive);
    if (inner.kind === 'file') return await choiceOf((collector) => offerArchive(inner, collector));
  }
  const sentence = `${quoted(nameOf(archive))} was not opened: hand in either folders or one archive.`;
  return { ...choice, notes: [...choice.notes, { sentence }] };
}

function nothing(sentence: string): Choice {
  return { chosen: [], notes: [{ sentence }] };
}

function noneFound(only: Exercise | undefined): string {
  const folder = only ? folderName(only) : `NN-name, such as ${EXERCISES.map(folderName)[3]},`;
  return `No folder ${folder} was found, so nothing was taken: hand in the folders of your exercises.`;
}
