// Writes generated parts anew: of the exercises' Chinese READMEs, and of the README, which are the sample of
// `npm start` and the table of programs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { writeChinese } from '../../lab/exercises/chinese.ts';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { freshReadme } from './readme.ts';

await Promise.all(EXERCISES.map(writeChinese));
const { stdout } = await tcplab('tour');
writeFileSync(join(ROOT, 'README.md'), freshReadme(stdout));
