import type { ClaimResult } from '../claims/settle.ts';
import type { Language } from '../exercise/exercise-words.ts';
import { MARKS, type ToldClaims, tally, WORDS } from './claims-words.ts';
import { markdownText } from './markdown-text.ts';

/** Claims and what became of them as Markdown, the evidence folded. https://github.github.com/gfm/ */
export function claimsMarkdown(told: ToldClaims, language: Language): string {
  const words = WORDS[language];
  return [
    `# ${words.title}`,
    `${markdownText(words.settledOn(told.kernel))} ${tally(told, language)}.`,
    markdownText(words.again),
    ...told.topics.flatMap(({ title, claims }) => [
      `## ${markdownText(title[language])}`,
      ...claims.flatMap((claim) => claimParts(claim, language)),
    ]),
    '',
  ].join('\n\n');
}

function claimParts(
  { id, verdict, text, note, evidence, exercises }: ClaimResult,
  language: Language,
): string[] {
  const { verdicts, evidence: heading, exercises: numbers } = WORDS[language];
  return [
    `### ${id} ${markdownText(text[language])}`,
    `${MARKS[verdict]} **${verdicts[verdict]}** (${numbers(exercises)}). ${markdownText(note[language])}`,
    ...(evidence.length === 0
      ? []
      : [
          `<details><summary>${heading}</summary>`,
          fenced(evidence.map((line) => `${line.host}  ${line.kind}  ${line.text}`)),
          '</details>',
        ]),
  ];
}

/** A code block, with a fence that is longer than any in it. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...(lines
      .join('\n')
      .match(/`+/g)
      ?.map(({ length }) => length) ?? []),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines.map((line) => line.replaceAll(/[\r\n]+/g, ' ')), fence].join('\n');
}
