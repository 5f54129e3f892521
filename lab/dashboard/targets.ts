/**
 * The hosts that a program on a host can connect to, the usual one first: the server, or else the first of the others. Pure.
 * @param hosts of the run, in address order
 */
export function targetsOf(host: string, hosts: readonly string[]): string[] {
  return hosts
    .filter((other) => other !== host)
    .toSorted((a, b) => Number(b === 'server') - Number(a === 'server'));
}
