/** The sandbox itself did not work: nobody's program is to blame. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code = 'sandbox';

  constructor(sentence: string, cause?: unknown) {
    super(`${sentence}. What is missing here: ./tcplab doctor`, { cause });
  }
}
