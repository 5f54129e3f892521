import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseOf } from '../making.ts';

/** Made here, as whoever reads the repository's files expects that they parse. */
export function make(submissions: string, student: string): void {
  const text = 'const [address, port = process.argv.slice(2);\n';
  writeFileSync(join(exerciseOf(submissions, student), 'client.ts'), text);
}
