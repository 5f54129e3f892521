/** Splits `points` into whole shares by weight; what rounding leaves goes to the largest remainders, earlier ones first. */
export function shares(points: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (total === 0 ? 0 : (points * weight) / total));
  const whole = exact.map(Math.floor);
  const left = points - whole.reduce((sum, share) => sum + share, 0);
  const order = exact
    .map((share, n) => ({ n, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n);
  for (const { n } of order.slice(0, left)) whole[n] = (whole[n] ?? 0) + 1;
  return whole;
}
