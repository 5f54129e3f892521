/** A program as its tokens, with what a copyist changes folded away. */
export interface Tokens {
  /** What each token is; see `tokensOf`. */
  readonly codes: readonly number[];
  /** The line that each token begins on, from 1. */
  readonly lines: readonly number[];
}

// Characters that are tokens have their ASCII code; the rest follows.
const NAME = 128;
const NUMBER = 129;
const STRING = 130;
const TEMPLATE = 131;
const REGULAR_EXPRESSION = 132;
const FIRST_OPERATOR = 140;
const FIRST_WORD = 200;

/** Longer ones first, so that `===` is not `==` and `=`. */
const OPERATORS =
  '>>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *= /= %= &= |= ^= << >> **'.split(
    ' ',
  );

const WORDS = new Map(
  (
    'as async await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'from function get if import in instanceof interface let new null of return satisfies set static super switch this throw true ' +
    'try type typeof undefined using var void while with yield'
  )
    .split(' ')
    .map((word, n) => [word, FIRST_WORD + n]),
);

/** Behind these a slash divides. */
const VALUES = new Set([NAME, NUMBER, STRING, TEMPLATE, REGULAR_EXPRESSION, ...[')', ']', '}'].map(codeOf)]);
const VALUE_WORDS = ['false', 'null', 'super', 'this', 'true', 'undefined'];
for (const word of VALUE_WORDS) VALUES.add(WORDS.get(word) ?? 0);

const WORD = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*/uy;
const DIGITS = /\d[\w.]*/y;
const FLAGS = /[a-z]*/y;
const SPACE = /\s/;

/**
 * The tokens of TypeScript or JavaScript. All names are one token, and all numbers, strings, parts of templates and regular
 * expressions one each; comments, space and semicolons are none. Types stay, as the tokens they are. Never fails: what
 * is no program is tokens as well.
 *
 * @param most so many tokens are read
 */
export function tokensOf(source: string, most = Number.POSITIVE_INFINITY): Tokens {
  return new Scanner(source).scan(most);
}

class Scanner {
  readonly #source: string;
  readonly #codes: number[] = [];
  readonly #lines: number[] = [];
  /** For each template that is open: how many braces are open in its expression. */
  readonly #templates: number[] = [];
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  scan(most: number): Tokens {
    while (this.#at < this.#source.length && this.#codes.length < most) this.#next();
    return { codes: this.#codes, lines: this.#lines };
  }

  #next(): void {
    const character = this.#source.charAt(this.#at);
    const two = this.#source.slice(this.#at, this.#at + 2);
    if (SPACE.test(character)) this.#moveTo(this.#at + 1);
    else if (two === '//' || two === '#!') this.#moveTo(this.#find('\n', this.#at));
    else if (two === '/*') this.#moveTo(this.#find('*/', this.#at + 2) + 2);
    else if (character === '"' || character === "'") this.#token(STRING, this.#endOfString(character));
    else if (character === '`') this.#template();
    else if (character === '/' && !VALUES.has(this.#codes.at(-1) ?? 0))
      this.#token(REGULAR_EXPRESSION, this.#endOfExpression());
    else if (!this.#word() && !this.#number()) this.#sign(character);
  }

  #word(): boolean {
    const word = this.#match(WORD);
    if (word === undefined) return false;
    this.#token(WORDS.get(word) ?? NAME, this.#at + word.length);
    return true;
  }

  #number(): boolean {
    const digits = this.#match(DIGITS);
    if (digits === undefined) return false;
    this.#token(NUMBER, this.#at + digits.length);
    return true;
  }

  #sign(character: string): void {
    const open = this.#templates.at(-1);
    if (open !== undefined && character === '{') this.#templates.push((this.#templates.pop() ?? 0) + 1);
    if (open !== undefined && character === '}') {
      this.#templates.pop();
      if (open === 0) {
        this.#template();
        return;
      }
      this.#templates.push(open - 1);
    }
    if (character === ';') {
      this.#moveTo(this.#at + 1);
      return;
    }
    const operator = OPERATORS.findIndex((one) => this.#source.startsWith(one, this.#at));
    const length = OPERATORS[operator]?.length ?? 1;
    this.#token(operator === -1 ? codeOf(character) : FIRST_OPERATOR + operator, this.#at + length);
  }

  /** From a backtick, or the brace that ends an expression, to the next expression or the end. */
  #template(): void {
    const source = this.#source;
    let end = this.#at + 1;
    while (end < source.length && source[end] !== '`' && !source.startsWith('${', end))
      end += source[end] === '\\' ? 2 : 1;
    if (source.startsWith('${', end)) {
      this.#templates.push(0);
      end += 1;
    }
    this.#token(TEMPLATE, end + 1);
  }

  #endOfString(quote: string): number {
    let end = this.#at + 1;
    while (end < this.#source.length && this.#source[end] !== quote && this.#source[end] !== '\n')
      end += this.#source[end] === '\\' ? 2 : 1;
    return end + 1;
  }

  #endOfExpression(): number {
    let end = this.#at + 1;
    let isInClass = false;
    for (; end < this.#source.length; end += 1) {
      const character = this.#source[end];
      if (character === '\n') return end;
      if (character === '/' && !isInClass) break;
      if (character === '\\') end += 1;
      if (character === '[') isInClass = true;
      if (character === ']') isInClass = false;
    }
    FLAGS.lastIndex = end + 1;
    return end + 1 + (FLAGS.exec(this.#source)?.[0].length ?? 0);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source)?.[0];
  }

  #find(text: string, from: number): number {
    const found = this.#source.indexOf(text, from);
    return found === -1 ? this.#source.length : found;
  }

  #token(code: number, end: number): void {
    this.#codes.push(code);
    this.#lines.push(this.#line);
    this.#moveTo(end);
  }

  #moveTo(end: number): void {
    for (; this.#at < end; this.#at += 1) if (this.#source.charCodeAt(this.#at) === 10) this.#line += 1;
  }
}

function codeOf(character: string): number {
  return Math.min(character.charCodeAt(0), NAME - 1);
}
