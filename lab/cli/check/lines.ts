import type { ExerciseResult } from '../../exercise/result.ts';
import { type CheckRole, checkLines } from '../../report/check-text.ts';
import { type Colour, paint } from '../paint.ts';

/** A result for this terminal. */
export function resultLines(result: ExerciseResult): string[] {
  return checkLines(result, { paint: (role, text) => paint(COLOURS[role], text) });
}

const COLOURS: Readonly<Record<CheckRole, Colour>> = {
  heading: 'bold',
  pass: 'green',
  fail: 'red',
  skipped: 'dim',
  unsure: 'yellow',
  note: 'dim',
  help: 'cyan',
};
