import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exerciseFolder } from '../../lab/exercise/casting.ts';
import { folderName } from '../../lab/exercise/exercise.ts';
import { inWords } from '../../lab/exercise/exercise-words.ts';
import { exercise as synRcvd } from '../../lab/exercises/04-syn-rcvd/exercise.ts';
import { zh } from '../../lab/exercises/04-syn-rcvd/zh.ts';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { wrongChinese } from '../../lab/exercises/chinese.ts';
import { wrongChineseReadme } from '../../lab/exercises/chinese-readme.ts';
import { wrongWords } from '../../lab/exercises/wrong-words.ts';

test.each(EXERCISES.map((exercise) => [folderName(exercise), exercise] as const))(
  '%s is in Chinese: zh.ts has the words of exercise.ts, README.zh.md the shape of README.md',
  async (_, exercise) => {
    expect(await wrongChinese(exercise)).toEqual([]);
  },
);

describe('what is not translated is said', () => {
  const { answered, ...checks } = zh.checks;
  const { 'after-silence': question, ...questions } = zh.questions;

  test.each([
    ['a check', { ...zh, checks }, 'zh.ts has the checks silent, held, given-up; exercise.ts has answered,'],
    ['the order', { ...zh, checks: { ...checks, answered } }, 'zh.ts has the checks silent,'],
    ['a question', { ...zh, questions }, 'zh.ts has the questions sees-it; exercise.ts has after-silence,'],
    [
      'a choice',
      { ...zh, questions: { 'after-silence': { ...question, choices: { a: '甲' } }, ...questions } },
      'zh.ts has the choices of question "after-silence" a; exercise.ts has a, b, c',
    ],
    ['a hint', { ...zh, hints: zh.hints.slice(1) }, 'zh.ts has 2 hints, and exercise.ts 3'],
    ['a title', { ...zh, title: ' ' }, 'zh.ts: the exercise has no title'],
    [
      'the next thing to try',
      { ...zh, checks: { answered: { title: '标题' }, ...checks } },
      'zh.ts: check "answered" has no help',
    ],
  ])('%s', (_, words, problem) => {
    expect(wrongWords(synRcvd, words as typeof zh).join('\n')).toContain(problem);
  });

  const read = (name: string) => readFileSync(join(exerciseFolder(synRcvd), name), 'utf8');
  const [english, chinese] = [read('README.md'), read('README.zh.md')];

  test.each([
    ['## 原理', '## 想法', 'the headings of README.zh.md should be'],
    ['ss -tano   ', 'ss -tan    ', 'in blocks of code'],
    ['`net.connect`', 'net.connect', 'in code within the text: it lacks "net.connect"'],
    ['第 3.5 节', '第 3.4 节', 'it lacks "3.5"; it has besides "3.4"'],
    ['tcp(7)', 'tcp', 'it lacks "tcp(7)"'],
    ['| 检查 | 分数 |', '| 检查 | 分 |', 'are not fresh: npm run readme'],
    ['<!-- predict -->', '', 'README.zh.md has no part <!-- predict -->'],
  ])('%s → %s', (from, to, problem) => {
    const changed = chinese.replace(from, to);
    expect(changed).not.toBe(chinese);
    const problems = wrongChineseReadme(inWords(synRcvd, zh), { english, chinese: changed });
    expect(problems.join('\n')).toContain(problem);
  });

  test('comments behind commands are in the language of their README', () => {
    const changed = chinese.replace('倒计时的定时器', '定时器');
    expect(wrongChineseReadme(inWords(synRcvd, zh), { english, chinese: changed })).toEqual([]);
  });
});
