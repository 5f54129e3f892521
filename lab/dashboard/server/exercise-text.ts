import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { marked } from 'marked';
import { exerciseFolder } from '../../exercise/casting.ts';
import { type Exercise, studentFiles } from '../../exercise/exercise.ts';
import type { Language } from '../../exercise/exercise-words.ts';
import { chineseSayings } from '../../exercises/sayings.ts';
import { chineseReadme, inChinese } from '../../exercises/words.ts';
import { isStarted } from '../../workspace/folder.ts';
import { exerciseWork, shown, starterFolder } from '../../workspace/place.ts';
import { type Progress, progressOf } from '../../workspace/progress.ts';
import type { ExerciseText } from '../protocol.ts';
import { byHand } from './choices.ts';
import { phrases } from './phrases.zh.ts';

/** A line that ends in Chinese and goes on in Chinese on the next one: no space belongs there. */
const BREAK_IN_CHINESE = /(?<=[\p{Script=Han}。，、；：？！）」”])\n(?=[\p{Script=Han}（「“])/gu;

/** Everything that a page shows of an exercise before it runs, in a language if it has it. */
export async function exerciseText(
  exercise: Exercise,
  progress: Progress,
  wanted: Language,
): Promise<ExerciseText> {
  const chinese = wanted === 'zh' ? await inChinese(exercise) : undefined;
  const { number, slug, title, points, checks, questions } = chinese ?? exercise;
  const { predictions, firstRunAt, hints } = progressOf(progress, slug);
  return {
    language: chinese === undefined ? 'en' : 'zh',
    number,
    slug,
    title,
    points,
    html: await readmeHtml(
      chinese === undefined ? join(exerciseFolder(exercise), 'README.md') : chineseReadme(exercise),
    ),
    isStarted: isStarted(exercise),
    files: studentFiles(exercise).map((name) => ownFile(exercise, name)),
    checks: checks.map((check) => ({ id: check.id, title: check.title })),
    questions: questions.map(({ id, ask, choices }) => ({ id, ask, choices })),
    predictions,
    isRun: firstRunAt !== undefined,
    hints,
    ...byHand(exercise),
    sayings: chinese === undefined ? {} : { ...phrases, ...(await chineseSayings(exercise)) },
  };
}

/** A README without its heading and comments, which the page has itself. The text is the lab's own, so its markup is trusted. */
async function readmeHtml(file: string): Promise<string> {
  const markdown = readFileSync(file, 'utf8');
  const text = markdown
    .replace(/^# .*\n/, '')
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replaceAll(BREAK_IN_CHINESE, '');
  return await marked.parse(text, { gfm: true, async: true });
}

function ownFile(exercise: Exercise, name: string): ExerciseText['files'][number] {
  const own = join(exerciseWork(exercise), name);
  const file = existsSync(own) ? own : join(starterFolder(exercise), basename(name));
  return { name, path: shown(own), text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}
