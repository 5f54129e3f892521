// Writes the generated parts of the README anew: the sample of `npm start` and the table of programs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { freshReadme } from './readme.ts';

const { stdout } = await tcplab('tour');
writeFileSync(join(ROOT, 'README.md'), freshReadme(stdout));
