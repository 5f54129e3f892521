import { escaped } from '../grade/formats/escaped.ts';
import { oneLine } from '../grade/formats/plain-text.ts';
import { DRAWING_STYLE } from './drawing-style.ts';
import type { PictureWords } from './picture-words.ts';

/** What a drawing is made into. */
export interface DrawingOptions {
  /** What it says; English when not said. */
  readonly words?: PictureWords;
  /** Without its own style: the page that it is put into has `DRAWING_STYLE`. */
  readonly isInPage?: boolean;
}

/** One SVG document of so many units, drawn at that size in pixels or smaller; `title` is for who cannot see it. */
export function svgDocument(
  title: string,
  { width, height }: { readonly width: number; readonly height: number },
  body: readonly string[],
  { isInPage = false }: DrawingOptions = {},
): string {
  const said = svgText(title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tcplab-drawing" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${said}">`,
    `<title>${said}</title>`,
    ...(isInPage ? [] : [`<style>${DRAWING_STYLE}</style>`]),
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

/** Text between tags or in an attribute of an SVG document: no markup, and only what XML allows. */
export function svgText(text: string): string {
  return escaped(oneLine(text));
}

/** A line of text. */
export function label(
  x: number,
  y: number,
  text: string,
  { at = 'start', look = '' }: { readonly at?: 'start' | 'middle' | 'end'; readonly look?: string } = {},
): string {
  const anchor = at === 'start' ? '' : ` text-anchor="${at}"`;
  return `<text x="${tidy(x)}" y="${tidy(y)}"${anchor}${look === '' ? '' : ` class="${look}"`}>${svgText(text)}</text>`;
}

/** A number as short as a drawing needs it. */
export function tidy(number: number): number {
  return Math.round(number * 10) / 10;
}
