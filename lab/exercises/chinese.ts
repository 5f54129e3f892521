import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseFolder } from '../exercise/casting.ts';
import { type Exercise, folderName } from '../exercise/exercise.ts';
import { inWords } from '../exercise/exercise-words.ts';
import { freshChinese, missingParts, type Readmes, wrongChineseReadme } from './chinese-readme.ts';
import { chineseReadme, chineseWords } from './words.ts';
import { wrongWords } from './wrong-words.ts';

/** What an exercise lacks in Chinese, a sentence each: `zh.ts` beside its definition, `README.zh.md` beside its README. */
export async function wrongChinese(exercise: Exercise): Promise<string[]> {
  const words = await chineseWords(exercise);
  const readmes = readmesOf(exercise);
  if (words === undefined) return [`there is no ${folderName(exercise)}/zh.ts`];
  return [
    ...wrongWords(exercise, words),
    ...(readmes === undefined
      ? [`there is no ${folderName(exercise)}/README.zh.md`]
      : wrongChineseReadme(inWords(exercise, words), readmes)),
  ];
}

/** Writes the generated parts of `README.zh.md` anew; nothing happens while a file or a part is missing: `wrongChinese` says so. */
export async function writeChinese(exercise: Exercise): Promise<void> {
  const words = await chineseWords(exercise);
  const readmes = readmesOf(exercise);
  if (words === undefined || readmes === undefined || missingParts(readmes.chinese).length > 0) return;
  writeFileSync(chineseReadme(exercise), freshChinese(inWords(exercise, words), readmes));
}

function readmesOf(exercise: Exercise): Readmes | undefined {
  const [english, chinese] = [join(exerciseFolder(exercise), 'README.md'), chineseReadme(exercise)];
  if (!existsSync(english) || !existsSync(chinese)) return undefined;
  return { english: readFileSync(english, 'utf8'), chinese: readFileSync(chinese, 'utf8') };
}
