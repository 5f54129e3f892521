/**
 * Checks of what is passed to the kernel. The foreign function interface cuts a number to the width of its C type
 * without a word (port 70000 becomes 4464), so everything is checked here first.
 */

/** `value` when it is an integer in [min, max]; a RangeError that names it when not. */
export function integer(name: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be an integer from ${min} to ${max}, not ${value}`);
  }
  return value;
}

/** A port, 0 to 65535; 0 lets the kernel choose. */
export function portNumber(value: number): number {
  return integer('port', value, 0, 65_535);
}

/** A file descriptor. */
export function descriptor(value: number): number {
  return integer('file descriptor', value, 0, 0x7fff_ffff);
}

/** An interface name as the kernel allows it: 1 to 15 bytes, no slash, no white space. */
export function interfaceName(value: string): string {
  if (!/^[^\s/]{1,15}$/.test(value) || value === '.' || value === '..') {
    throw new RangeError(
      `an interface name has 1 to 15 characters without spaces or slashes, not "${value}"`,
    );
  }
  return value;
}
