import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** A program that only tests start. */
export function testProgram(name: string): string {
  return join(ROOT, 'test/programs', name);
}

/** A reference program, such as `servers/echo.ts`. */
export function program(name: string): string {
  return join(ROOT, name);
}
