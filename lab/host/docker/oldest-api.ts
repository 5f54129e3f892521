/** The oldest API with what the lab needs: sysctls, fixed addresses, and networks without a way out. Engine 20.10. */
const OLDEST_API = '1.41';

/** Why an engine is too old for the lab, a sentence with its remedy; undefined for one that is not. */
export function tooOld(version: string, api: string): string | undefined {
  if (compare(api, OLDEST_API) >= 0) return undefined;
  return `Docker ${version} is too old: the lab needs engine 20.10 (API ${OLDEST_API}) or newer, and this one has API ${api}. Update it: https://docs.docker.com/engine/install/`;
}

/** Compares `1.41` and the like. */
function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  return (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0);
}
