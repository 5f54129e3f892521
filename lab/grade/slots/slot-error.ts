/** No slot for untrusted programs could be made here: what the machine lacks, and what to do. */
export class SlotError extends Error {
  override readonly name = 'SlotError';
  readonly code = 'slot';
}
