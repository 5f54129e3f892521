const MOST_HOSTS = 8;

/** @throws RangeError for a network without hosts, or with too many, or with two of one name. */
export function checkNames(names: readonly string[]): void {
  if (names.length < 1 || names.length > MOST_HOSTS)
    throw new RangeError(`a network has one to ${MOST_HOSTS} hosts, not ${names.length}`);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new RangeError(`two hosts cannot both be called "${twice}"`);
}
