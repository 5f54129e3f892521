/** What a program is given by hand behind ADDRESS and PORT, by the name that the program gives it; a port is the runner's to choose. */
const BY_HAND: Readonly<Record<string, string>> = {
  backlog: '8',
  bytes: '100000',
  closes: 'first',
  count: '10',
  localPort: 'localPort',
  option: 'reuse',
};

/** Programs that take as many arguments as there are. */
const TAKES_ALL: Readonly<Record<string, readonly string[]>> = {
  'clients/connect-many.ts': ['10'],
  'clients/refused-or-silent.ts': [],
};

/**
 * What a program is given by hand behind ADDRESS and PORT: `localPort` stands for a port of its host's own. A parameter that has a
 * value by itself is left to that.
 * @param text of the program
 * @returns undefined for a program that cannot be started by hand: it wants what only its exercise knows.
 */
export function moreArguments(id: string, text: string): readonly string[] | undefined {
  if (Object.hasOwn(TAKES_ALL, id) || !text.includes('process.argv')) return TAKES_ALL[id] ?? [];
  const list = /const \[([^\]]*)\] = process\.argv\.slice\(2\)/.exec(text)?.[1];
  if (list === undefined) return undefined;
  const wanted = list
    .split(',')
    .slice(2)
    .map((parameter) => parameter.trim());
  const given = wanted.filter((parameter) => !parameter.includes('=')).map((name) => BY_HAND[name]);
  return given.every((value) => value !== undefined) ? given : undefined;
}
