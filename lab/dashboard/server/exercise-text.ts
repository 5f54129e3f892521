import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { marked } from 'marked';
import { exerciseFolder } from '../../exercise/casting.ts';
import { type Exercise, studentFiles } from '../../exercise/exercise.ts';
import { isStarted } from '../../workspace/folder.ts';
import { exerciseWork, shown, starterFolder } from '../../workspace/place.ts';
import { type Progress, progressOf } from '../../workspace/progress.ts';
import type { ExerciseText } from '../protocol.ts';
import { programChoices, SUGGESTED } from './choices.ts';

/** Everything that a page shows of an exercise before it runs. */
export async function exerciseText(exercise: Exercise, progress: Progress): Promise<ExerciseText> {
  const { number, slug, title, points, checks, questions } = exercise;
  const { predictions, firstRunAt, hints } = progressOf(progress, slug);
  return {
    number,
    slug,
    title,
    points,
    html: await readmeHtml(exercise),
    isStarted: isStarted(exercise),
    files: studentFiles(exercise).map((name) => ownFile(exercise, name)),
    checks: checks.map((check) => ({ id: check.id, title: check.title })),
    questions: questions.map(({ id, ask, choices }) => ({ id, ask, choices })),
    predictions,
    isRun: firstRunAt !== undefined,
    hints,
    programs: programChoices(exercise).map(({ id, host, about }) => ({ id, host, about })),
    suggested: SUGGESTED,
  };
}

/** The README without its heading and comments, which the page has itself. The text is the lab's own, so its markup is trusted. */
async function readmeHtml(exercise: Exercise): Promise<string> {
  const markdown = readFileSync(join(exerciseFolder(exercise), 'README.md'), 'utf8');
  const text = markdown.replace(/^# .*\n/, '').replaceAll(/<!--.*?-->\n?/gs, '');
  return await marked.parse(text, { gfm: true, async: true });
}

function ownFile(exercise: Exercise, name: string): ExerciseText['files'][number] {
  const own = join(exerciseWork(exercise), name);
  const file = existsSync(own) ? own : join(starterFolder(exercise), basename(name));
  return { name, path: shown(own), text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}
