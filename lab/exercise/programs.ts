import { fileURLToPath } from 'node:url';

/** The folder that holds `servers/`, `clients/` and `lab/`. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The path of a reference program, such as `servers/echo.ts`. */
export function referenceProgram(name: string): string {
  return `${ROOT}${name}`;
}
