/** What the engine, its image or its networks lack. One sentence, and the remedy. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code = 'engine';

  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
  }
}

/** What an engine's answer says: its own message where it has one. */
export function engineSays(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = 'json' in error && isMessage(error.json) ? error.json.message : error.message;
  return own.replace(/^\(HTTP code \d+\)[^-]*- /, '').trim();
}

function isMessage(json: unknown): json is { message: string } {
  return typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string';
}
