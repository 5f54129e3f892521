import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseOf, WRONG_TEXT } from '../making.ts';

export function make(submissions: string, student: string): void {
  for (const folder of [exerciseOf(submissions, student), join(submissions, student)])
    for (const [name, text] of Object.entries({
      'client.ts': WRONG_TEXT,
      'vitest.config.ts': "console.log('PASS'); process.exit(0);\n",
      'client.test.ts': "console.log('PASS'); process.exit(0);\n",
      '.npmrc': 'script-shell=/bin/true\nnode-options=--import=./client.ts\n',
      '.noderc': '{}',
      '.env': 'NODE_OPTIONS=--import=./client.ts\n',
      'node.config.json': '{"nodeOptions":{"import":["./client.ts"]}}',
      'tsconfig.json': '{"compilerOptions":{"noCheck":true}}',
      'course.json': '{"title":"mine","weights":{"4":1000}}',
    }))
      writeFileSync(join(folder, name), text);
}
