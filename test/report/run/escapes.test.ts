import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TimelineData } from '../../../lab/observe/timeline.ts';
import { ladderSvg } from '../../../lab/report/ladder/svg.ts';
import { ladderText } from '../../../lab/report/ladder/terminal.ts';
import { markdownText } from '../../../lab/report/markdown-text.ts';
import { mermaidText } from '../../../lab/report/mermaid/escape.ts';
import { mermaidSequence } from '../../../lab/report/mermaid/sequence.ts';
import { mermaidStates } from '../../../lab/report/mermaid/states.ts';
import { runMarkdown } from '../../../lab/report/run/markdown.ts';
import { runPage } from '../../../lab/report/run/page.ts';
import { trackSvg } from '../../../lab/report/track/svg.ts';
import { walkDiagram } from '../../../lab/report/walk/diagram.ts';
import { withTexts } from '../with-texts.ts';

/** Text that would be markup if it could, and anything else. */
const hostile = fc.oneof(
  fc.constantFrom(
    '</text><script>alert(1)</script>',
    '"><svg onload=x>',
    "' onmouseover='x",
    ']]></style><b>',
    '&lt;&#60;',
    'end',
    'x;\nclick h0 href "y"',
    '%%{init: {}}%%',
    '#lt;b#gt;',
    '```\n# h',
    '|a|b|',
    '[x](javascript:y)',
    'https://x.example www.x.example a@b.c :smile:',
    '\u001b[31m\u0007\u202e',
    '1. one',
    '---',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 24 }),
);

const texts = fc
  .array(hostile, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((text) => text.slice(0, 24)));
const harmless = withTexts(['x']);

/** The names of all tags and attributes, in order. */
function tags(markup: string): string[] {
  return [...markup.matchAll(/<(?:[^"'>]|"[^"]*"|'[^']*')*>/g)].map(([tag]) =>
    tag.replaceAll(/"[^"]*"|'[^']*'/g, '""').replaceAll(/\s+/g, ' '),
  );
}

test.each([
  ['the ladder', ladderSvg],
  ['the track', trackSvg],
  ['the diagram', walkDiagram],
  ['the page', runPage],
])('no text of a run becomes markup in %s', (_, render: (timeline: TimelineData) => string) => {
  const expected = new Set(tags(render(harmless)));
  fc.assert(
    fc.property(texts, (all) => {
      const markup = render(withTexts(all));
      expect(tags(markup).filter((tag) => !expected.has(tag))).toEqual([]);
      expect(markup.replaceAll(/<(?:[^"'>]|"[^"]*"|'[^']*')*>/g, '')).not.toMatch(
        /<|[^\P{Cc}\n\t]|\p{Noncharacter_Code_Point}/u,
      );
    }),
    { numRuns: 60 },
  );
});

const TEXT = '(?:[A-Za-z0-9 ._+,→…✕×()-]|#\\d+;)+';
const MERMAID = new RegExp(
  `^(?:sequenceDiagram|stateDiagram-v2|` +
    `  participant h\\d as ${TEXT}|  h\\d--?(?:>>|x)h\\d: ${TEXT}|  Note (?:over|left of|right of) h\\d(?:,h\\d)?: ${TEXT}|` +
    `  (?:\\[\\*\\]|[A-Z_12]+) --> (?:\\[\\*\\]|[A-Z_12]+) : ${TEXT}|)$`,
);

test('no text of a run becomes Mermaid', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const run = withTexts(all);
      for (const diagram of [mermaidSequence(run), mermaidStates(run)])
        expect(diagram.split('\n').filter((line) => !MERMAID.test(line))).toEqual([]);
      expect(mermaidSequence(run).split('\n')).toHaveLength(mermaidSequence(harmless).split('\n').length);
    }),
  );
});

test('a word of its grammar, a code and a comment are text to Mermaid', () => {
  expect(mermaidText('end')).toBe('#101;nd');
  expect(mermaidText('a;b#35;%%c')).toBe('a#59;b#35;35#59;#37;#37;c');
  expect(mermaidText('')).toBe('#32;');
});

/** What is left of a line when escaped characters and all that is no markup are taken away. */
function skeleton(markdown: string): string {
  return markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, '').replaceAll(/[^`*[\]<>|#&~$\n]/g, '');
}

test('no text of a run becomes Markdown', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const blocks = /```mermaid\n[^`]*```/g;
      const made = runMarkdown(withTexts(all)).replaceAll(blocks, '');
      expect(skeleton(made)).toBe(skeleton(runMarkdown(harmless).replaceAll(blocks, '')));
      expect(made).not.toMatch(/(?<!\\)@\S|https?:|www\./);
    }),
  );
});

test.each([
  ['1. one', '1\\. one'],
  ['- x', '\\- x'],
  ['SYN_RCVD _x_', 'SYN_RCVD \\_x\\_'],
  ['a:smile: 18:33', 'a\\:smile: 18:33'],
  ['198.18.0.1:80', '198.18.0.1:80'],
  ['www.x https://y a@b', 'www\\.x https\\://y a\\@b'],
])('Markdown: %s', (text, escaped) => {
  expect(markdownText(text)).toBe(escaped);
});

test('no text of a run moves the cursor, or makes a line longer', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const text = ladderText(withTexts(all), { width: 80 });
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }),
  );
});
