import type { Claim } from '../claim.ts';
import { t01 } from './t01.ts';
import { t02 } from './t02.ts';
import { t03 } from './t03.ts';
import { t04 } from './t04.ts';
import { t05 } from './t05.ts';
import { t06 } from './t06.ts';
import { t07 } from './t07.ts';
import { t08 } from './t08.ts';

/** What is said of TIME_WAIT. */
export const TIME_WAIT_CLAIMS: readonly Claim[] = [t01, t02, t03, t04, t05, t06, t07, t08];
