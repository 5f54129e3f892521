const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/**
 * A time of a file, in milliseconds since 1970.
 *
 * @returns whole milliseconds; null for what archives write when they know none, such as 1970 or 1980, and for nonsense
 */
export function knownTime(time: number | undefined): number | null {
  return time !== undefined && time >= EARLIEST && time < LATEST ? Math.floor(time) : null;
}
