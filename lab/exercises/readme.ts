import type { Exercise } from '../exercise/exercise.ts';
import { shares } from '../exercise/judge/points.ts';

/** The headings that every exercise's README has, in this order. */
const HEADINGS = [
  'What you will see',
  'Why it matters',
  'The idea',
  'Your task',
  'Watch it by hand',
  'Predict',
  'Checks and points',
  'Going further',
] as const;

/** What the generated tables of a README say beside the exercise's own words. */
export interface TableWords {
  readonly host: string;
  readonly states: string;
  /** In the place of a path. */
  readonly noSocket: string;
  readonly check: string;
  readonly points: string;
}

const ENGLISH: TableWords = {
  host: 'host',
  states: 'states',
  noSocket: 'none: its kernel has no socket',
  check: 'check',
  points: 'points',
};

/** The parts of a README that are written by the lab, by name. `sample` is what a check of the reference showed. */
export function generatedParts(
  exercise: Exercise,
  sample: string,
): Readonly<Record<string, string>> & { readonly sample: string } {
  return { ...definedParts(exercise), sample: `\`\`\`\n${sample.trimEnd()}\n\`\`\`` };
}

/** Those of the generated parts that the exercise's definition says, by name. */
export function definedParts(exercise: Exercise, words = ENGLISH): Readonly<Record<string, string>> {
  return {
    path: pathPart(exercise, words),
    predict: predictPart(exercise),
    checks: checksPart(exercise, words),
  };
}

/** A README with a generated part replaced. @throws RangeError when it has no such part. */
export function withPart(readme: string, name: string, text: string): string {
  if (partOf(readme, name) === undefined) throw new RangeError(`the README has no part <!-- ${name} -->`);
  return readme.replace(
    marks(name),
    (_, begin: string, _old: string, end: string) => `${begin}${text}\n${end}`,
  );
}

/** A generated part as the README has it; undefined when it has none. */
export function partOf(readme: string, name: string): string | undefined {
  return marks(name).exec(readme)?.[2]?.trimEnd();
}

function marks(name: string): RegExp {
  return new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- /${name} -->)`);
}

/** What is wrong with the hand-written shape of a README, a sentence each. */
export function wrongReadme(exercise: Exercise, readme: string): string[] {
  const title = `# ${exercise.number}. ${exercise.title}`;
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  return [
    ...(readme.startsWith(`${title}\n`) ? [] : [`the README should begin with "${title}"`]),
    ...(headings.join() === HEADINGS.join()
      ? []
      : [`the README's headings should be: ${HEADINGS.join(', ')}`]),
    ...(/RFC 9293/.test(readme) ? [] : ['the README names no section of RFC 9293']),
    ...(/\w+\(\d\)/.test(readme) ? [] : ['the README names no manual page, such as tcp(7)']),
    ...(partOf(readme, 'sample') !== undefined ? [] : ['the README shows no sample of a real run']),
  ];
}

function pathPart({ paths }: Exercise, { host: hostWord, states, noSocket }: TableWords): string {
  return [
    `| ${hostWord} | ${states} |`,
    '| --- | --- |',
    ...Object.entries(paths).map(
      ([host, path]) => `| ${host} | ${path.length === 0 ? noSocket : path.join(' → ')} |`,
    ),
  ].join('\n');
}

function predictPart({ questions }: Exercise): string {
  return questions
    .map(({ ask, choices }, n) =>
      [`${n + 1}. ${ask}`, ...Object.entries(choices).map(([key, text]) => `   - ${key}) ${text}`)].join(
        '\n',
      ),
    )
    .join('\n');
}

function checksPart({ points, checks }: Exercise, words: TableWords): string {
  const each = shares(
    points,
    checks.map(({ weight }) => weight),
  );
  return [
    `| ${words.check} | ${words.points} |`,
    '| --- | --- |',
    ...checks.map(({ title }, n) => `| ${title} | ${each[n]} |`),
  ].join('\n');
}
