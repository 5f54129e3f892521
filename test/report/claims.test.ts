import { describe, expect, test } from 'vitest';
import type { ClaimResult } from '../../lab/claims/settle.ts';
import { claimsMarkdown } from '../../lab/report/claims-markdown.ts';
import { claimsPage } from '../../lab/report/claims-page.ts';
import { claimsLines } from '../../lab/report/claims-text.ts';
import type { ToldClaims } from '../../lab/report/claims-words.ts';

function claim(id: string, verdict: ClaimResult['verdict'], fields: Partial<ClaimResult> = {}): ClaimResult {
  return {
    id,
    exercises: [2],
    text: { en: `Claim ${id}`, zh: `说法 ${id}` },
    verdict,
    note: { en: 'Because of it.', zh: '原因如此。' },
    evidence: [{ kind: 'ss', host: 'server', text: 'LISTEN 0 1 0.0.0.0:80' }],
    ...fields,
  };
}

const TOLD: ToldClaims = {
  kernel: '6.18.0',
  topics: [
    { title: { en: 'Opening', zh: '建立' }, claims: [claim('H1', 'true'), claim('H2', 'false')] },
    { title: { en: 'Closing', zh: '关闭' }, claims: [claim('C1', 'depends', { exercises: [9, 14] })] },
  ],
};

const HOSTILE: ToldClaims = {
  kernel: '<script>',
  topics: [
    {
      title: { en: '# <b>', zh: '# <b>' },
      claims: [
        claim('H1', 'unsettled', {
          text: { en: '</h3><script>alert(1)</script>', zh: '`' },
          note: { en: '[a](javascript:1) | & *b*', zh: '_' },
          evidence: [{ kind: 'ss', host: 'client', text: '```\n</details><img src=x onerror=y>' }],
        }),
      ],
    },
  ],
};

describe('text', () => {
  test('each topic, claim and note, and how many of each verdict', () => {
    expect(claimsLines(TOLD, { language: 'en', evidence: false })).toEqual([
      'Opening',
      '',
      '✔ H1  true: Claim H1',
      '      Because of it.',
      '',
      '✘ H2  false: Claim H2',
      '      Because of it.',
      '',
      'Closing',
      '',
      '◐ C1  depends: Claim C1',
      '      Because of it.',
      '',
      '1 true, 1 false, 1 depends',
    ]);
  });

  test('with evidence when it is wanted, in the other language when it is', () => {
    const lines = claimsLines(TOLD, { language: 'zh', evidence: true });
    expect(lines.slice(2, 5)).toEqual([
      '✔ H1  正确: 说法 H1',
      '      原因如此。',
      '      server  ss       LISTEN 0 1 0.0.0.0:80',
    ]);
    expect(lines.at(-1)).toBe('1 正确，1 错误，1 视情况而定');
  });
});

describe('page', () => {
  test('it says which language it is in, folds the evidence, and loads and runs nothing', () => {
    const page = claimsPage(TOLD, 'zh');
    expect(page).toContain('<html lang="zh-Hans">');
    expect(page.match(/<details><summary>证据<\/summary>/g)).toHaveLength(3);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/<script|src=|url\(|@import/);
  });

  test('nothing that is told becomes markup', () => {
    const page = claimsPage(HOSTILE, 'en');
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page.match(/<\/details>/g)).toHaveLength(1);
  });
});

describe('markdown', () => {
  test('headings, verdicts, and the evidence in a block', () => {
    const text = claimsMarkdown(TOLD, 'en');
    expect(text).toContain(
      '## Closing\n\n### C1 Claim C1\n\n◐ **depends** (exercises 9 and 14). Because of it.',
    );
    expect(text).toContain('```text\nserver  ss  LISTEN 0 1 0.0.0.0:80\n```');
  });

  test('nothing that is told becomes markup', () => {
    const text = claimsMarkdown(HOSTILE, 'en');
    const [outside = '', inside = ''] = text.split('````text\n');
    expect(outside).not.toMatch(/(?<!\\)<(script|b>)|(?<!\\)\[a/);
    expect(inside.split('\n')[0]).toBe('client  ss  ``` </details><img src=x onerror=y>');
  });
});
