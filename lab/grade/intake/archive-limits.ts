import { type IntakeLimits, inBytes } from './limits.ts';
import { NotTaken } from './not-taken.ts';

/** How many bytes an archive may expand to. */
export function mostExpanded(archive: Buffer, { expandedBytes, fileBytes, ratio }: IntakeLimits): number {
  return Math.min(expandedBytes, Math.max(fileBytes, archive.length * ratio));
}

/** An archive with more in it than `most` bytes. */
export function tooLarge(most: number): NotTaken {
  return new NotTaken(
    `The archive holds more than ${inBytes(most)}, so nothing of it was taken: hand in only the exercise folders.`,
    { whole: true },
  );
}
