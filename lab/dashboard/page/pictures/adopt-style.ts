import { DRAWING_STYLE } from '../../../report/drawing-style.ts';
import { DIAGRAM_STYLE } from '../../../report/state-diagram-style.ts';
import { PICTURES_STYLE } from './style.ts';

let isAdopted = false;

/** Gives the page the style of the pictures, once. A constructed style sheet needs no exception in a content security policy. */
export function adoptStyle(): void {
  if (isAdopted) return;
  isAdopted = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([DRAWING_STYLE, DIAGRAM_STYLE, PICTURES_STYLE].join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
