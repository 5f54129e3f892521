/**
 * What is measured beside the lab's namespaces, not inside: slots, as root is root there and gives each a user id of its own, and the
 * page, which no browser would find inside.
 */
const OUTSIDE = ['grade', 'grade-memory', 'ui'];

/** Whether a benchmark is measured there. */
export function isMeasuredOutside(name: string): boolean {
  return OUTSIDE.includes(name);
}
