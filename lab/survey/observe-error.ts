/** What is to be observed cannot be: `absent` it is not there, or not any more, or `forbidden` to this user. One sentence, and the remedy. */
export class ObserveError extends Error {
  override readonly name = 'ObserveError';
  readonly code: 'absent' | 'forbidden';

  constructor(code: ObserveError['code'], sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.code = code;
  }
}
