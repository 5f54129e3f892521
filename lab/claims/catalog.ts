import type { Claim, Said } from './claim.ts';
import { CLOSING_CLAIMS } from './claims/closing.ts';
import { OBSERVING_CLAIMS } from './claims/observing.ts';
import { OPENING_CLAIMS } from './claims/opening.ts';
import { RESET_CLAIMS } from './claims/resets.ts';
import { TIME_WAIT_CLAIMS } from './claims/time-wait.ts';

/** A topic, and its claims in the order in which they are told. */
export interface Topic {
  readonly title: Said;
  readonly claims: readonly Claim[];
}

/** Every claim, by topic. */
export const TOPICS: readonly Topic[] = [
  { title: { en: 'Opening a connection', zh: '建立连接' }, claims: OPENING_CLAIMS },
  { title: { en: 'Closing a connection', zh: '关闭连接' }, claims: CLOSING_CLAIMS },
  { title: { en: 'TIME_WAIT', zh: 'TIME_WAIT' }, claims: TIME_WAIT_CLAIMS },
  { title: { en: 'Resets', zh: '复位' }, claims: RESET_CLAIMS },
  { title: { en: 'Observing', zh: '观察' }, claims: OBSERVING_CLAIMS },
];
