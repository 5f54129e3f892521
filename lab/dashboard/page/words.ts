import { LANGUAGES, type Language } from '../../exercise/exercise-words.ts';
import { EN } from './words-en.ts';
import { ZH } from './words-zh.ts';

/** Everything that the page says itself. What the kernel prints stays as it is, and states are RFC 9293's words. */
export type Words = typeof EN;

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };

/** A language as documents name it. */
export const TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** The language to begin with: the one that was chosen, or else the browser's. */
export function firstLanguage(chosen: string | null, browser: string): Language {
  const known = LANGUAGES.find((language) => language === chosen);
  if (known !== undefined) return known;
  return browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
