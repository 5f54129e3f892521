import type { Claim } from '../claim.ts';
import { h01 } from './h01.ts';
import { h02 } from './h02.ts';
import { h03 } from './h03.ts';
import { h04 } from './h04.ts';
import { h05 } from './h05.ts';
import { h06 } from './h06.ts';
import { h07 } from './h07.ts';
import { h08 } from './h08.ts';
import { h09 } from './h09.ts';
import { h10 } from './h10.ts';
import { h11 } from './h11.ts';
import { h12 } from './h12.ts';
import { h13 } from './h13.ts';
import { h14 } from './h14.ts';
import { h15 } from './h15.ts';
import { h16 } from './h16.ts';
import { h17 } from './h17.ts';

/** What is said of opening a connection. */
export const OPENING_CLAIMS: readonly Claim[] = [
  h01,
  h02,
  h03,
  h04,
  h05,
  h06,
  h07,
  h08,
  h09,
  h10,
  h11,
  h12,
  h13,
  h14,
  h15,
  h16,
  h17,
];
