/**
 * What the lab says, by its English, in another language. What differs from run to run is a hole with a name: `{time}`. What stands there is
 * said in the other language, too, or needs no saying: a number, a name, a state. A hole `{text!}` is left as it is, whatever it holds.
 */
export type Phrases = Readonly<Record<string, string>>;

const HOLE = /\{(\w+)(!?)\}/g;
const IN_BRACES = /\{(\w+)\}/;
const ENDS_IN_HAN = /\p{Script=Han} ?$/u;
const BEGINS_IN_HAN = /^ ?\p{Script=Han}/u;
/** Where one sentence may end and the next begin. */
const BETWEEN = /(?<=[.!?]) /g;
/** What is the same in every language: no small letters, a unit, or something with a digit or a sign in it (an address, a file, a call). */
const PLAIN = /^(?:[^\p{Ll}]+|k?B|m?s|.*(?:[\d_/(]|[.:](?=\S)).*)$/u;

interface Pattern {
  /** What stands around the holes, one more than there are holes. */
  readonly letters: readonly string[];
  readonly holes: readonly { readonly name: string; readonly asIs: boolean }[];
  readonly said: string;
}

/** Says sentences of the lab in another language. Pure, and small enough for a page. */
export class PhraseBook {
  readonly #phrases: Phrases;
  readonly #patterns: readonly Pattern[];
  /** Those of them that end in a full stop. */
  readonly #sentences: readonly Pattern[];
  readonly #known = new Map<string, string | undefined>();

  constructor(phrases: Phrases) {
    this.#phrases = phrases;
    this.#patterns = Object.entries(phrases)
      .flatMap(([english, said]) => patternOf(english, said))
      .sort((a, b) => weightOf(b) - weightOf(a));
    this.#sentences = this.#patterns.filter(({ letters }) => letters.at(-1)?.endsWith('.'));
  }

  /** A sentence, several, or a part of one. @returns undefined when there is something in it that the book does not know. */
  say(english: string): string | undefined {
    return this.#several(english) ?? this.#sentence(english);
  }

  /** One whole sentence. No hole takes in its full stop: where the pattern has none, the phrase for `.` stands for it. */
  #sentence(english: string): string | undefined {
    const stop = this.#phrases['.'];
    if (stop === undefined || !english.endsWith('.')) return this.#part(english);
    const whole = this.#one(english, this.#sentences);
    if (whole !== undefined) return whole;
    const bare = this.#part(english.slice(0, -1));
    return bare === undefined ? this.#part(english) : `${bare}${stop}`;
  }

  /** At most one sentence, or a part of one. */
  #part(english: string): string | undefined {
    if (!this.#known.has(english)) this.#known.set(english, this.#one(english) ?? asItIs(english));
    return this.#known.get(english);
  }

  #one(english: string, patterns = this.#patterns): string | undefined {
    const known = Object.hasOwn(this.#phrases, english) ? this.#phrases[english] : undefined;
    if (known !== undefined) return known;
    for (const pattern of patterns) {
      const fillings = this.#fillings(pattern, english);
      if (fillings === undefined) continue;
      const byName = new Map(pattern.holes.map(({ name }, n) => [name, fillings[n] ?? '']));
      const parts = pattern.said.split(IN_BRACES);
      return parts.map((part, n) => (n % 2 === 0 ? part : (byName.get(part) ?? part))).reduce(joined);
    }
    return undefined;
  }

  /** What fills the holes of a pattern from the `n`th on, when the text from `at` on is what stands around it. */
  #fillings(pattern: Pattern, english: string, n = 0, at = 0): string[] | undefined {
    const { letters, holes } = pattern;
    const before = letters[n] ?? '';
    if (!english.startsWith(before, at)) return undefined;
    const begin = at + before.length;
    const hole = holes[n];
    if (hole === undefined) return begin === english.length ? [] : undefined;
    const after = letters[n + 1] ?? '';
    const isLast = n === holes.length - 1;
    let end = isLast ? english.length - after.length : english.indexOf(after, begin + 1);
    while (end > begin) {
      const text = english.slice(begin, end);
      const rest = this.#fillings(pattern, english, n + 1, end);
      const filling = rest === undefined ? undefined : hole.asIs ? text : this.#part(text);
      if (filling !== undefined && rest !== undefined) return [filling, ...rest];
      end = isLast ? -1 : english.indexOf(after, end + 1);
    }
    return undefined;
  }

  /** The shortest beginning that is known, and then the rest: a hole that takes anything takes one sentence. */
  #several(english: string): string | undefined {
    for (const { index } of english.matchAll(BETWEEN)) {
      const first = this.#sentence(english.slice(0, index));
      const rest = first === undefined ? undefined : this.say(english.slice(index + 1));
      if (rest !== undefined) return `${first}${rest}`;
    }
    return undefined;
  }
}

/** Puts two parts together. A space between them is right beside Latin letters, and wrong between Chinese ones. */
function joined(before: string, after: string): string {
  const isHan = ENDS_IN_HAN.test(before) && BEGINS_IN_HAN.test(after);
  return isHan ? before.replace(/ $/, '') + after.replace(/^ /, '') : before + after;
}

function asItIs(english: string): string | undefined {
  return english.split(' ').every((word) => PLAIN.test(word)) ? english : undefined;
}

function patternOf(english: string, said: string): Pattern[] {
  const holes = [...english.matchAll(HOLE)].map(([, name = '', sign]) => ({ name, asIs: sign === '!' }));
  return holes.length === 0 ? [] : [{ letters: english.split(/\{\w+!?\}/), holes, said }];
}

/** Of two patterns that fit, the one that says more is meant. */
function weightOf({ letters }: Pattern): number {
  return letters.join('').length;
}
