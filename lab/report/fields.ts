import { bytesOfBase64 } from './base64.ts';

/** Something in a saved timeline is not what it should be. `path` says where, such as `socket.local.port`. */
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

/** One JSON object, whose members are read with the type they should have. @throws FieldError from every method. */
export class Fields {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FieldError(path === '' ? 'the line' : path, 'an object', value);
    }
    this.#members = value as Readonly<Record<string, unknown>>;
    this.#path = path;
  }

  has(key: string): boolean {
    return this.#members[key] !== undefined;
  }

  text(key: string): string {
    return this.#read(key, 'text', (value): value is string => typeof value === 'string');
  }

  /** A finite number, at least 0. */
  amount(key: string): number {
    return this.#read(
      key,
      'a number of at least 0',
      (value): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0,
    );
  }

  /** A whole number from 0 to `max`. */
  count(key: string, max = Number.MAX_SAFE_INTEGER): number {
    return this.#read(
      key,
      `a whole number from 0 to ${max}`,
      (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= max,
    );
  }

  /** Nanoseconds since 1970, in decimal digits because they do not fit a JSON number. */
  nanoseconds(key: string): bigint {
    const text = this.text(key);
    if (!/^(0|[1-9]\d{0,18})$/.test(text)) throw new FieldError(this.#at(key), 'nanoseconds in digits', text);
    return BigInt(text);
  }

  truth(key: string): boolean {
    return this.#read(key, 'true or false', (value): value is boolean => typeof value === 'boolean');
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T {
    const value = this.#member(key);
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw new FieldError(this.#at(key), `one of ${choices.join(', ')}`, value);
    return chosen;
  }

  bytes(key: string): Uint8Array {
    const text = this.text(key);
    const bytes = bytesOfBase64(text);
    if (bytes === undefined) throw new FieldError(this.#at(key), 'bytes in base64', text);
    return bytes;
  }

  object(key: string): Fields {
    return new Fields(this.#members[key], this.#at(key));
  }

  list(key: string): readonly unknown[] {
    return this.#read(key, 'a list', (value): value is unknown[] => Array.isArray(value));
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((value) => {
      if (typeof value !== 'string') throw new FieldError(this.#at(key), 'a list of texts', value);
      return value;
    });
  }

  /** An object whose members are all text. */
  dictionary(key: string): Readonly<Record<string, string>> {
    const inner = this.object(key);
    return Object.fromEntries(Object.keys(inner.#members).map((name) => [name, inner.text(name)]));
  }

  #read<T>(key: string, wanted: string, fits: (value: unknown) => value is T): T {
    const value = this.#member(key);
    if (!fits(value)) throw new FieldError(this.#at(key), wanted, value);
    return value;
  }

  #member(key: string): unknown {
    return Object.hasOwn(this.#members, key) ? this.#members[key] : undefined;
  }

  #at(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }
}
