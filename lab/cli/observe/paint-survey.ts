import type { SurveyTextOptions } from '../../report/survey-text.ts';
import { type Colour, paint } from '../paint.ts';

const COLOURS = { heading: 'bold', warning: 'yellow', next: 'cyan', note: 'dim' } as const satisfies Record<
  string,
  Colour
>;

/** The colours of a survey on a terminal. */
export const paintSurvey: NonNullable<SurveyTextOptions['paint']> = (role, text) =>
  paint(COLOURS[role], text);
