import type { Claim } from '../claim.ts';
import { r01 } from './r01.ts';
import { r02 } from './r02.ts';
import { r03 } from './r03.ts';
import { r04 } from './r04.ts';
import { r05 } from './r05.ts';
import { r06 } from './r06.ts';
import { r07 } from './r07.ts';
import { r08 } from './r08.ts';
import { r09 } from './r09.ts';
import { r10 } from './r10.ts';

/** What is said of RST, and of connections that end without a FIN. */
export const RESET_CLAIMS: readonly Claim[] = [r01, r02, r03, r04, r05, r06, r07, r08, r09, r10];
