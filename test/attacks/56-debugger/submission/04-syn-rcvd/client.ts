import { readFileSync } from 'node:fs';
import { close, open } from 'node:inspector';

open(9_229, '0.0.0.0');
process.send?.({ verdict: 'pass' });
console.log(JSON.stringify({ channel: process.send !== undefined, stdin: readFileSync(0).length }));
close();
