import { bytesOfBase64 } from './base64.ts';

/** Something that was read is not what it should be. `path` says where, such as `exercises.4.due`. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  readonly code = 'field';
  readonly path: string;

  constructor(path: string, wanted: string, found: unknown) {
    const shown = JSON.stringify(found) ?? 'nothing';
    super(`"${path}" should be ${wanted}, not ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`);
    this.path = path;
  }
}

/** One JSON object, whose members are read with the type they should have: a line, a request, a file of somebody else's. @throws FieldError from every method. */
export class Fields {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #path: string;

  /** @param what the words for the whole of it, such as `the row` */
  constructor(value: unknown, what = 'the line', path = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new FieldError(path === '' ? what : path, 'an object', value);
    this.#members = value as Readonly<Record<string, unknown>>;
    this.#path = path;
  }

  get keys(): readonly string[] {
    return Object.keys(this.#members);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#members, key) && this.#members[key] !== undefined;
  }

  /** A member as it stands there. */
  json(key: string): unknown {
    return this.#value(key);
  }

  isNull(key: string): boolean {
    return this.#value(key) === null;
  }

  /** @throws FieldError when there is a member that nobody asked for: a name that was mistyped. */
  only(...keys: readonly string[]): this {
    const strange = this.keys.find((key) => !keys.includes(key));
    if (strange !== undefined)
      throw new FieldError(this.at(strange), `one of ${keys.join(', ')}`, this.#members[strange]);
    return this;
  }

  text(key: string): string {
    return this.#read(key, 'text', (value): value is string => typeof value === 'string');
  }

  truth(key: string): boolean {
    return this.#read(key, 'true or false', (value): value is boolean => typeof value === 'boolean');
  }

  /** A finite number from `min` to `max`. */
  amount(key: string, min = 0, max = Number.MAX_VALUE): number {
    const range = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
    return this.#read(
      key,
      `a number ${range}`,
      (value): value is number =>
        typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max,
    );
  }

  /** A whole number from `min` to `max`. */
  count(key: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    return this.#read(
      key,
      `a whole number ${range}`,
      (value): value is number => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
    );
  }

  /** Nanoseconds since 1970, in decimal digits because they do not fit a JSON number. */
  nanoseconds(key: string): bigint {
    const text = this.text(key);
    if (!/^(0|[1-9]\d{0,18})$/.test(text)) throw new FieldError(this.at(key), 'nanoseconds in digits', text);
    return BigInt(text);
  }

  /** Bytes that are there in base64. */
  bytes(key: string): Uint8Array {
    const text = this.text(key);
    const bytes = bytesOfBase64(text);
    if (bytes === undefined) throw new FieldError(this.at(key), 'bytes in base64', text);
    return bytes;
  }

  /** A time as ISO 8601 with its offset from UTC, as it stands there. */
  time(key: string): string {
    return this.#read(
      key,
      'a time with its offset, such as "2026-03-01T23:59:00+01:00"',
      (value): value is string =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
        !Number.isNaN(Date.parse(value)),
    );
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T {
    return this.#read(key, `one of ${choices.join(', ')}`, (value): value is T =>
      choices.some((choice) => choice === value),
    );
  }

  object(key: string): Fields {
    return new Fields(this.#value(key), '', this.at(key));
  }

  list<T>(key: string, read: (each: Fields) => T): T[] {
    return this.#list(key).map((each, n) => read(new Fields(each, '', `${this.at(key)}[${n}]`)));
  }

  texts(key: string): string[] {
    return this.#list(key).map((each, n) => {
      if (typeof each !== 'string') throw new FieldError(`${this.at(key)}[${n}]`, 'text', each);
      return each;
    });
  }

  /** An object whose members are all text. */
  dictionary(key: string): Record<string, string> {
    const inner = this.object(key);
    return Object.fromEntries(inner.keys.map((name) => [name, inner.text(name)]));
  }

  /** Reads a member only when it is there: `{}` or `{ [key]: … }`, to be spread into what is made. */
  maybe<K extends string, T>(key: K, read: (key: K) => T): { [key in K]?: T } {
    return this.has(key) ? ({ [key]: read(key) } as { [key in K]: T }) : {};
  }

  /** Where a member is, for an error. */
  at(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  #list(key: string): readonly unknown[] {
    return this.#read(key, 'a list', (value): value is unknown[] => Array.isArray(value));
  }

  #read<T>(key: string, wanted: string, fits: (value: unknown) => value is T): T {
    const value = this.#value(key);
    if (!fits(value)) throw new FieldError(this.at(key), wanted, value);
    return value;
  }

  #value(key: string): unknown {
    return Object.hasOwn(this.#members, key) ? this.#members[key] : undefined;
  }
}
