import { type Exercise, folderName } from '../exercise/exercise.ts';
import { exercise as listen } from './01-listen/exercise.ts';
import { exercise as handshake } from './02-handshake/exercise.ts';
import { exercise as synSent } from './03-syn-sent/exercise.ts';
import { exercise as synRcvd } from './04-syn-rcvd/exercise.ts';
import { exercise as twoQueues } from './05-two-queues/exercise.ts';
import { exercise as synFlood } from './06-syn-flood/exercise.ts';
import { exercise as simultaneousOpen } from './07-simultaneous-open/exercise.ts';
import { exercise as staleSyn } from './08-stale-syn/exercise.ts';
import { exercise as fourWayClose } from './09-four-way-close/exercise.ts';
import { exercise as halfClose } from './10-half-close/exercise.ts';
import { exercise as closeWaitLeak } from './11-close-wait-leak/exercise.ts';
import { exercise as finWait1 } from './12-fin-wait-1/exercise.ts';
import { exercise as finWait2Timeout } from './13-fin-wait-2-timeout/exercise.ts';
import { exercise as lastAck } from './14-last-ack/exercise.ts';
import { exercise as closing } from './15-closing/exercise.ts';
import { exercise as threeSegmentClose } from './16-three-segment-close/exercise.ts';
import { exercise as timeWait } from './17-time-wait/exercise.ts';
import { exercise as reuseaddr } from './18-reuseaddr/exercise.ts';
import { exercise as oldDuplicates } from './19-old-duplicates/exercise.ts';
import { exercise as portExhaustion } from './20-port-exhaustion/exercise.ts';
import { exercise as refusedOrSilent } from './21-refused-or-silent/exercise.ts';
import { exercise as abort } from './22-abort/exercise.ts';
import { exercise as unread } from './23-unread/exercise.ts';
import { exercise as halfOpen } from './24-half-open/exercise.ts';
import { exercise as writeAfterClose } from './25-write-after-close/exercise.ts';
import { exercise as killed } from './26-killed/exercise.ts';
import { exercise as countStates } from './27-count-states/exercise.ts';
import { exercise as incident } from './28-incident/exercise.ts';

/** Every exercise, in the teaching order. */
export const EXERCISES: readonly Exercise[] = [
  listen,
  handshake,
  synSent,
  synRcvd,
  twoQueues,
  synFlood,
  simultaneousOpen,
  staleSyn,
  fourWayClose,
  halfClose,
  closeWaitLeak,
  finWait1,
  finWait2Timeout,
  lastAck,
  closing,
  threeSegmentClose,
  timeWait,
  reuseaddr,
  oldDuplicates,
  portExhaustion,
  refusedOrSilent,
  abort,
  unread,
  halfOpen,
  writeAfterClose,
  killed,
  countStates,
  incident,
];

/** The exercise of this number or slug: `4`, `04`, `syn-rcvd`, `04-syn-rcvd`. @throws UnknownExercise. */
export function exerciseNamed(text: string): Exercise {
  const found = EXERCISES.find(
    (exercise) =>
      exercise.slug === text ||
      folderName(exercise) === text ||
      (/^\d+$/.test(text) && exercise.number === Number(text)),
  );
  if (found === undefined) throw new UnknownExercise(text);
  return found;
}

/** There is no such exercise. */
export class UnknownExercise extends Error {
  override readonly name = 'UnknownExercise';
  readonly code = 'unknown-exercise';

  constructor(text: string) {
    const all = EXERCISES.map(({ number, slug }) => `${number} ${slug}`).join(', ');
    super(
      text === '' ? `which exercise? They are: ${all}` : `no exercise "${text}". The exercises are: ${all}`,
    );
  }
}
