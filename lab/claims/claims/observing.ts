import type { Claim } from '../claim.ts';
import { o01 } from './o01.ts';
import { o02 } from './o02.ts';
import { o03 } from './o03.ts';
import { o04 } from './o04.ts';

/** What is said of looking at a host's sockets. */
export const OBSERVING_CLAIMS: readonly Claim[] = [o01, o02, o03, o04];
