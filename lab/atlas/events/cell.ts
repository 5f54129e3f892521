import { segmentLine } from '../../observe/lines.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { WaitError } from '../../observe/wait-error.ts';
import type { ArrivingSegment, Numbers } from '../../tcp/arrivals.ts';
import { SYN } from '../../tcp/flags.ts';
import { describeSegment, segmentEnd, segmentLength } from '../../tcp/segment.ts';
import { seqAfter } from '../../tcp/sequence.ts';
import type { State } from '../../tcp/states.ts';
import { CHALLENGES, joinedAnswer } from './answers.ts';
import { WORN_MS } from './bring-to.ts';
import {
  arrivalLine,
  arrivalWords,
  type CellEvidence,
  grown,
  miscount,
  type Sighting,
  sighting,
} from './evidence.ts';
import type { Ground } from './ground.ts';
import { isHastened, repeatsAmong, timerOf } from './own-timer.ts';

/** Linux delays an ACK for 200 ms at most (TCP_DELACK_MAX); a busy machine may take longer. */
const DELAYED_MS = 1_000;

/** What the kernel did in one cell; `E` is what that rests on. */
export interface Measured<E = CellEvidence> {
  /** The segment in tcpdump's words. */
  readonly sent: string;
  /** An `Answer`; several are joined by commas. */
  readonly answer: string;
  readonly next: State;
  /** The kernel's own timer was brought forward, and so it sent its SYN or FIN again at once. */
  readonly hastened: boolean;
  /** The time of TIME_WAIT began anew. */
  readonly restarted: boolean;
  readonly evidence: E;
}

/** A cell could not be measured: the state was not reached, the witnesses disagree, or the machine was too slow. */
export class CellError extends Error {
  override readonly name = 'CellError';
  readonly code = 'cell';
}

/**
 * Sends a segment to the socket of a ground, which is in its state, and sees what the kernel answers and where the socket is then.
 * @returns undefined when the socket's own timer may have sent what was captured.
 * @throws WaitError, CellError.
 */
export async function measureCell(
  ground: Ground,
  segment: ArrivingSegment,
): Promise<Measured<Omit<CellEvidence, 'ss' | 'attempts'>> | undefined> {
  const { stage, port, numbers } = ground;
  const { atMs } = await stage.kernel.witness.look();
  const countedBefore = await stage.counters();
  const first = ground.row();
  await ground.peer.send(segment.flags, segment);
  const arrived = await stage.kernel.waits.saw(
    { flags: segment.flags, source: { port }, destination: { port } },
    { sinceMs: atMs },
  );
  const fence = await stage.fence(atMs);
  await stage.observation.look();
  const hastened = isHastened(first, ground.row(), stage.kernel.witness.latest.atMs - atMs);
  if (hastened) await sentAgain(ground, atMs);
  const waitedMs = owesAnswer(arrived, numbers, first, ground.row()) ? await delayedAnswer(ground, atMs) : 0;
  const counters = grown(countedBefore, await stage.counters());
  await stage.hears(counters.OutSegs ?? 0, atMs);
  await stage.observation.look();
  const endMs = stage.kernel.witness.latest.atMs;
  const answers = stage.heard(atMs, port);
  const again = repeatsAmong(answers, stage.heard(ground.fromMs, port));
  const timer = timerOf(first, endMs - atMs);
  if (timer === 'due' || (timer === 'unknown' && again.length > 0)) return undefined;

  const heard = stage.heard(atMs);
  const doubt = miscount(heard, port, numbers, counters);
  if (doubt !== undefined) throw new CellError(doubt);
  const prompt = hastened ? answers.filter((answer) => !again.includes(answer)) : answers;
  const before = sighting(atMs, first);
  const after = sighting(endMs, ground.follower(before.state));
  return {
    sent: arrivalWords(arrived, numbers),
    answer: joinedAnswer(prompt, numbers, arrived.segment, (counters[CHALLENGES] ?? 0) > 0),
    next: after.state,
    hastened,
    restarted: hasBegunAnew(before, after),
    evidence: {
      port,
      before,
      after,
      arrived: arrivalLine(arrived, numbers),
      answers: answers.map((answer) => arrivalLine(answer, numbers)),
      fence: describeSegment(fence.segment),
      beside: heard
        .filter((event) => event !== fence && !answers.includes(event))
        .map((event) => segmentLine(event)),
      waitedMs,
      counters,
    },
  };
}

/** Whether the kernel has taken in a SYN, data or a FIN: its answer may be delayed. */
function owesAnswer(
  { segment }: SegmentEvent,
  { receiveNext }: Numbers,
  before: SocketRecord | undefined,
  now: SocketRecord | undefined,
): boolean {
  if (segmentLength(segment) === 0 || now === undefined || now.state === 'LISTEN') return false;
  const isNew = (segment.flags & SYN) !== 0 || seqAfter(segmentEnd(segment), receiveNext);
  return isNew && (now.state !== before?.state || now.receiveQueue > before.receiveQueue);
}

/** Waits for the kernel's answer as long as it may delay an ACK. @returns how long, in milliseconds. */
async function delayedAnswer({ stage, port }: Ground, sinceMs: number): Promise<number> {
  const { recorder } = stage.observation;
  const fromMs = recorder.milliseconds();
  try {
    await stage.peer.waits.saw({ source: { port } }, { sinceMs, deadlineMs: DELAYED_MS });
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
  }
  return Math.round(recorder.milliseconds() - fromMs);
}

/** Waits until the kernel has sent something from the ground's port again. @throws WaitError. */
async function sentAgain({ stage, port, fromMs }: Ground, sinceMs: number): Promise<void> {
  await stage.peer.waits.until('to receive what the kernel sends again', () => {
    return repeatsAmong(stage.heard(sinceMs, port), stage.heard(fromMs, port)).length > 0;
  });
}

/** Whether much more of the time is left than would be if it had run on. A busy machine notes a look some time after it was taken. */
function hasBegunAnew(before: Sighting, after: Sighting): boolean {
  if (before.state !== 'TIME_WAIT' || after.state !== 'TIME_WAIT') return false;
  const runOnMs = (before.timerMs ?? 0) - (after.atMs - before.atMs);
  return (after.timerMs ?? 0) > runOnMs + WORN_MS / 2;
}
