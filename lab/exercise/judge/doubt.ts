import { PROCESSOR_WAIT, WIDEST_GAP } from '../perform.ts';
import type { Evidence } from './evidence.ts';
import { duration } from './life.ts';

/** A lab that did not look for so long, in milliseconds, may have missed what it was to judge. */
const BLIND_MS = 500;
/** A program that was kept from running for so long, in milliseconds, may be late for a wait of five seconds. */
const STARVED_MS = 3_000;

/** Why the evidence cannot be relied on. */
export interface Doubt {
  readonly because: string;
  /**
   * Whether a check that passes is in doubt, too. A lab that did not look for a while may be late for a deadline, but what it
   * saw was there; segments are kept by the kernel meanwhile, and a socket with the same cookie in the same state at both ends
   * of the gap was in it all the time.
   */
  readonly ofPasses: boolean;
  /** Whether it is in doubt, too, that a program has ended before it did anything: one that only was slow has not. */
  readonly ofEnds: boolean;
}

/** Whether this machine had no time to look, or a witness could not keep up; undefined when neither. */
export function blindness(evidence: Evidence): Doubt | undefined {
  const loss = evidence.timeline.events.find((event) => event.kind === 'loss');
  if (loss !== undefined)
    return {
      because: `The capture on the ${loss.host} lost ${loss.segments} segments.`,
      ofPasses: true,
      ofEnds: true,
    };
  for (const host of evidence.hosts) {
    const gapMs = evidence.counter(host, WIDEST_GAP)[0]?.value ?? 0;
    if (gapMs <= BLIND_MS) continue;
    const because = `This machine was too busy: for ${gapMs} ms the lab did not get to look at the ${host}.`;
    return { because, ofPasses: false, ofEnds: true };
  }
  for (const host of evidence.hosts) {
    const waitedMs = evidence.counter(host, PROCESSOR_WAIT)[0]?.value ?? 0;
    if (waitedMs <= STARVED_MS) continue;
    const because = `This machine was too busy: a program on the ${host} waited ${duration(waitedMs)} for a processor.`;
    return { because, ofPasses: false, ofEnds: false };
  }
  return undefined;
}
