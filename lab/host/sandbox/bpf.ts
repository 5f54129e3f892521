/** Classic BPF as seccomp(2) takes it: `struct sock_filter`, include/uapi/linux/filter.h, and `struct seccomp_data`. */
const LOAD = 0x20;
const AND = 0x54;
const IF_EQUAL = 0x15;
const IF_GREATER = 0x25;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;
const BYTES = 8;

/** A step of a filter. It goes on with the next one, apart from an answer. */
export type Step =
  | { readonly code: number; readonly k: number }
  /** When the condition does not hold, this many of the following steps are passed over. */
  | { readonly code: number; readonly k: number; readonly otherwise: number };

/** Where things are in what a filter sees of a call: its number, its architecture, its arguments. */
export const CALL_NUMBER = 0;
export const ARCHITECTURE = 4;

/** The lower half of an argument, counted from 0, on a little-endian machine. */
export function argument(n: number): number {
  return 16 + 8 * n;
}

export function load(offset: number): Step {
  return { code: LOAD, k: offset };
}

export function mask(bits: number): Step {
  return { code: AND, k: bits };
}

export function answer(action: number): Step {
  return { code: RETURN, k: action };
}

/** When the loaded word is `k`, `then`. */
export function ifEqual(k: number, then: readonly Step[]): Step[] {
  return [{ code: IF_EQUAL, k, otherwise: then.length }, ...then];
}

/** When the loaded word is more than `k`, `then`. */
export function ifGreater(k: number, then: readonly Step[]): Step[] {
  return [{ code: IF_GREATER, k, otherwise: then.length }, ...then];
}

/** When the loaded word has any of these bits, `then`. */
export function ifAnyBit(bits: number, then: readonly Step[]): Step[] {
  return [{ code: IF_ANY_BIT, k: bits, otherwise: then.length }, ...then];
}

/** A filter as bytes. @throws RangeError when a condition would have to pass over more than 255 steps. */
export function assemble(steps: readonly Step[]): Buffer {
  const program = Buffer.alloc(steps.length * BYTES);
  for (const [n, step] of steps.entries()) {
    const { code, k } = step;
    program.writeUInt16LE(code, n * BYTES);
    program.writeUInt8('otherwise' in step ? step.otherwise : 0, n * BYTES + 3);
    program.writeUInt32LE(k >>> 0, n * BYTES + 4);
  }
  return program;
}
