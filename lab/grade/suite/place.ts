import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the submission is: what SUBMISSION says, relative to where npm was called. Or a sentence that says how it is meant. */
export function submissionPlace(): string | { readonly missing: string } {
  const typed = process.env.SUBMISSION ?? '';
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), typed);
  if (typed !== '' && existsSync(path)) return path;
  const found = typed === '' ? 'SUBMISSION is not set' : `there is no ${path}`;
  return { missing: `${found}. Call it so: SUBMISSION=submissions/ada npm run grade:suite` };
}
