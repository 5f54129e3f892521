import { EN } from './words-en.ts';
import { ZH } from './words-zh.ts';

export type Language = 'en' | 'zh';

/** Everything that the page says itself. Exercises, verdicts and what the kernel prints stay in English, states in RFC 9293's words. */
export type Words = typeof EN;

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };

/** The language to begin with: the one that was chosen, or else the browser's. */
export function firstLanguage(chosen: string | null, browser: string): Language {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
