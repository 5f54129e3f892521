import { createHash } from 'node:crypto';
import { escaped } from './escaped.ts';
import { manyLines, oneLine } from './plain-text.ts';
import { STYLE } from './style.ts';

/** Markup that is safe to put into a page: only this file makes it of text. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | null | readonly Part[];

/** A template of markup. What is filled in is text and becomes markup only when it is `Html`; null is nothing. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.map((text, n) => (n === 0 ? text : rendered(parts[n - 1] ?? null) + text)).join(''));
}

/** Preformatted text: its lines stay lines. */
export function preformatted(text: string): Html {
  return new Html(`<pre>\n${escaped(manyLines(text))}</pre>`);
}

function rendered(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string') return escaped(oneLine(part));
  return typeof part === 'number' ? String(part) : part.map(rendered).join('');
}

/**
 * A page that loads nothing and runs nothing: its one style, `more` included, is named by its hash, and everything else is
 * forbidden to it. https://www.w3.org/TR/CSP3/
 * @param more style that only this page needs
 * @param lang the language of the page, a tag of BCP 47
 */
export function page(title: string, body: Html, more = '', lang = 'en'): string {
  const style = STYLE + more;
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}
