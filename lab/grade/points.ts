/** Points as people write them: hundredths at most. */
export function hundredths(points: number): number {
  return Math.round((points + Number.EPSILON) * 100) / 100;
}

/** What is left of points when lateness has cost its per cent. */
export function afterPenalty(points: number, percent: number): number {
  return hundredths((points * (100 - percent)) / 100);
}
