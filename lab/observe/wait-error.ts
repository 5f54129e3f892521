/** Why a wait ended without what it waited for. */
export type WaitFailure = 'deadline' | 'missed' | 'left' | 'appeared' | 'program-ended';

/** A wait that failed: one sentence, then the samples and segments that show why. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
  readonly code: WaitFailure;
  readonly sentence: string;
  readonly samples: readonly string[];
  readonly segments: readonly string[];

  constructor(code: WaitFailure, sentence: string, samples: readonly string[], segments: readonly string[]) {
    super(
      [
        sentence,
        '  sockets seen:',
        ...(samples.length === 0 ? ['    none'] : samples.map((line) => `    ${line}`)),
        '  last segments:',
        ...(segments.length === 0 ? ['    none'] : segments.map((line) => `    ${line}`)),
      ].join('\n'),
    );
    this.code = code;
    this.sentence = sentence;
    this.samples = samples;
    this.segments = segments;
  }
}
