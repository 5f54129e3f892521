import { type Exercise, folderName } from '../exercise/exercise.ts';
import { definedParts, partOf, type TableWords, withPart } from './readme.ts';

const CHINESE: TableWords = {
  host: '主机',
  states: '状态',
  noSocket: '无：它的内核没有套接字',
  check: '检查',
  points: '分数',
};

/** The headings of every exercise's README, in Chinese. */
const HEADINGS = [
  '你会看到什么',
  '为什么重要',
  '原理',
  '你的任务',
  '亲手观察',
  '预测',
  '检查与分数',
  '更进一步',
] as const;

/** The two READMEs of an exercise, as they are. */
export interface Readmes {
  readonly english: string;
  readonly chinese: string;
}

/**
 * The Chinese README with its generated parts written anew: what the definition says, and the sample of the English one.
 * @param exercise in Chinese
 * @throws RangeError when it lacks one of the parts
 */
export function freshChinese(exercise: Exercise, { english, chinese }: Readmes): string {
  const parts = { ...definedParts(exercise, CHINESE), sample: partOf(english, 'sample') ?? '' };
  return Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), chinese);
}

/**
 * What is wrong with the shape of a Chinese README, a sentence each: headings, code, names and numbers are the English one's.
 * @param exercise in Chinese
 */
export function wrongChineseReadme(exercise: Exercise, { english, chinese }: Readmes): string[] {
  const title = `# ${exercise.number}. ${exercise.title}`;
  const headings = [...chinese.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  return [
    ...(chinese.startsWith(`${title}\n`) ? [] : [`README.zh.md should begin with "${title}"`]),
    ...(headings.join() === HEADINGS.join()
      ? []
      : [`the headings of README.zh.md should be: ${HEADINGS.join(', ')}`]),
    ...different('the levels of its headings', levelsOf(english), levelsOf(chinese)),
    ...different('blocks of code', blocksOf(english), blocksOf(chinese)),
    ...different('code within the text', codeOf(english), codeOf(chinese)),
    ...different('links', linksOf(english), linksOf(chinese)),
    ...different('sections, manual pages and numbers with a point', namesOf(english), namesOf(chinese)),
    ...stale(exercise, { english, chinese }),
  ];
}

/** The generated parts that a Chinese README has no place for. */
export function missingParts(chinese: string): string[] {
  return ['path', 'sample', 'predict', 'checks'].filter((name) => partOf(chinese, name) === undefined);
}

function stale(exercise: Exercise, readmes: Readmes): string[] {
  const missing = missingParts(readmes.chinese);
  if (missing.length > 0)
    return missing.map((name) => `README.zh.md has no part <!-- ${name} --> … <!-- /${name} -->`);
  return freshChinese(exercise, readmes) === readmes.chinese
    ? []
    : [`the generated parts of ${folderName(exercise)}/README.zh.md are not fresh: npm run readme`];
}

const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;

function levelsOf(readme: string): string[] {
  return [...readme.replaceAll(BLOCK, '').matchAll(/^#+(?= )/gm)].map(([signs]) => signs);
}

/** Commands as they are; what a comment behind one says is in its README's language. */
function blocksOf(readme: string): string[] {
  return [...writtenOf(readme).matchAll(BLOCK)].map(([, kind, text = '']) =>
    kind === 'sh' ? text.replaceAll(/(^|\s)#\s.*$/gm, '$1#').replaceAll(/ +#$/gm, ' #') : text,
  );
}

function codeOf(readme: string): string[] {
  return [...proseOf(readme).matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.replaceAll(/\s+/g, ' '))
    .sort();
}

function linksOf(readme: string): string[] {
  return [...proseOf(readme).matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to).sort();
}

/** `3.5.2` of an RFC, `0.5` of a second, `tcp(7)`, `RFC 9293`. */
function namesOf(readme: string): string[] {
  const prose = proseOf(readme).replaceAll(/`[^`]+`/g, '');
  return [...prose.matchAll(/\bRFC\s\d+|\b\w+\(\d\)|\d+(\.\d+)+/g)]
    .map(([name]) => name.replace(/\s/, ' '))
    .sort();
}

function proseOf(readme: string): string {
  return writtenOf(readme).replaceAll(BLOCK, '');
}

/** What people have written: none of the generated parts. */
function writtenOf(readme: string): string {
  return readme.replaceAll(/<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/g, '');
}

/** Both are lists in which the order counts. */
function different(what: string, english: readonly string[], chinese: readonly string[]): string[] {
  if (english.join('\0') === chinese.join('\0')) return [];
  const only = (some: readonly string[], others: readonly string[]): string => {
    const left = [...others];
    const more = some.filter((each) => {
      const at = left.indexOf(each);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    return more.length === 0 ? '' : more.map((each) => JSON.stringify(each)).join(', ');
  };
  const [lacks, more] = [only(english, chinese), only(chinese, english)];
  return [
    `README.zh.md differs from README.md in ${what}:` +
      (lacks === '' ? '' : ` it lacks ${lacks}`) +
      (more === '' ? '' : `${lacks === '' ? '' : ';'} it has besides ${more}`) +
      (lacks === '' && more === '' ? ' their order' : ''),
  ];
}
