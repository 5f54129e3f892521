import type { Kind } from './beneath.ts';

/** What an archive says about one entry. */
export interface ArchiveEntry {
  /** As bytes, or as text with U+FFFD in place of what is not UTF-8. */
  readonly path: Buffer | string;
  readonly kind: Kind;
  /** Expanded bytes. */
  readonly size: number;
  /** Milliseconds since 1970; null when unknown. */
  readonly time: number | null;
  /** Its content. @throws Refused when it cannot be had, or is not what the entry says. */
  readonly read: () => Buffer;
}
