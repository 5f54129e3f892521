import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { Student } from '../support/student.ts';
import { quietly, ROOT } from '../support/tcplab.ts';

const NAME = 'docker compose run --rm lab';

/** Runs a verb where the command is called otherwise. */
function calledOtherwise(name: string, ...args: string[]) {
  const env = { ...new Student().env, TCPLAB_COMMAND: name };
  return execa(join(ROOT, 'tcplab'), args, { ...quietly, env });
}

test.each([
  [['start', '4'], 'stdout', `  ${NAME} check 4 `],
  [['start', '--help'], 'stdout', `Usage: ${NAME} start N`],
  [['check', '4'], 'stderr', `Start it with: ${NAME} start 4`],
] as const)('%j calls the command as TCPLAB_COMMAND says', async (args, stream, text) => {
  const said = await calledOtherwise(NAME, ...args);
  expect(said[stream]).toContain(text);
  expect(said[stream]).not.toContain('./tcplab');
});

test('a JSON document stays one, whatever the command is called', async () => {
  for (const name of [NAME, 'tcplab "quoted"', 'back\\slash']) {
    const { stdout } = await calledOtherwise(name, 'show', '4', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'tcplab/show/1' });
  }
});
