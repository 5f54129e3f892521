import type { ClaimResult } from '../claims/settle.ts';
import type { Language } from '../exercise/exercise-words.ts';
import { MARKS, type ToldClaims, tally, WORDS } from './claims-words.ts';
import { wrap } from './columns.ts';

/** What a piece of text is, for colouring. */
export type ClaimRole = ClaimResult['verdict'] | 'heading' | 'note';

export interface ClaimsTextOptions {
  readonly language: Language;
  /** Also the lines that show it. */
  readonly evidence: boolean;
  /** Colours a piece of text; it must not change how wide it is. */
  readonly paint?: (role: ClaimRole, text: string) => string;
}

/** Columns of a terminal that a line may take; lines of evidence are never broken. */
const WIDTH = 100;
const INDENT = ' '.repeat(6);

/** Claims and what became of them, as lines for people. */
export function claimsLines(told: ToldClaims, options: ClaimsTextOptions): string[] {
  const { language, paint = (_role, text) => text } = options;
  return [
    ...told.topics.flatMap(({ title, claims }) => [
      paint('heading', title[language]),
      '',
      ...claims.flatMap((claim) => claimLines(claim, { ...options, paint })),
    ]),
    paint('heading', tally(told, language)),
  ];
}

function claimLines(
  { id, verdict, text, note, evidence }: ClaimResult,
  { language, evidence: wanted, paint }: Required<ClaimsTextOptions>,
): string[] {
  // A Chinese character takes two columns.
  const width = (WIDTH - INDENT.length) / (language === 'zh' ? 2 : 1);
  const heading = `${MARKS[verdict]} ${id.padEnd(INDENT.length - 2)}`;
  const first = `${WORDS[language].verdicts[verdict]}: ${text[language]}`;
  const hosts = Math.max(0, ...evidence.map(({ host }) => host.length));
  const lines = evidence.map(
    (line) => `${INDENT}${line.host.padEnd(hosts)}  ${line.kind.padEnd(7)}  ${line.text}`,
  );
  return [
    ...wrap(first, width).map((line, n) =>
      n === 0 ? paint(verdict, heading) + line : INDENT + line.trimStart(),
    ),
    ...wrap(note[language], width).map((line) => paint('note', INDENT + line.trimStart())),
    ...(wanted ? lines : []),
    '',
  ];
}
