export { decodeOptions } from './decode-options.ts';
export { encodeOptions } from './encode-options.ts';
export { formatOptions } from './format-options.ts';

/** One block of a SACK option: sequence numbers mod 2^32, `right` just past the last byte held (RFC 2018). */
export type SackBlock = { readonly left: number; readonly right: number };

/**
 * A TCP option (RFC 9293 section 3.1). `unknown` is any option whose number is not listed here, and also a
 * listed one whose length its RFC does not allow; `malformed` is the tail in which no further option can be
 * told apart.
 */
export type Option =
  | { readonly kind: 'end' }
  | { readonly kind: 'nop' }
  /** Largest payload the sender takes, bytes (RFC 9293 section 3.7.1). */
  | { readonly kind: 'mss'; readonly mss: number }
  /** Log2 of the window's unit; above 14 counts as 14 (RFC 7323 section 2). */
  | { readonly kind: 'window-scale'; readonly shift: number }
  /** RFC 2018 section 2. */
  | { readonly kind: 'sack-permitted' }
  /** One to four blocks (RFC 2018 section 3). */
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  /** TSval and TSecr, 32-bit (RFC 7323 section 3). */
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  /** Empty to ask for a cookie, else 4 to 16 bytes, an even number (RFC 7413 section 4.1.1). */
  | { readonly kind: 'fast-open'; readonly cookie: Uint8Array }
  | { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array }
  | { readonly kind: 'malformed'; readonly data: Uint8Array };
