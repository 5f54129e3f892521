import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import schema from '../../lab/exercise/result.schema.json' with { type: 'json' };
import { tcplab } from '../support/tcplab.ts';

/** Formats are for people to read; that the date is one is tested below. */
const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(schema);

test.each([
  ['a pass', ['--reference'], 0],
  ['a failure', ['--from', 'lab/exercises/02-handshake/starter'], 1],
])('the record of %s is as the schema says', async (_name, from, code) => {
  const { stdout, exitCode } = await tcplab('check', '2', ...from, '--json');
  const record = JSON.parse(stdout) as { startedAt: string };
  validate(record);
  expect(validate.errors ?? []).toEqual([]);
  expect(new Date(record.startedAt).toISOString()).toBe(record.startedAt);
  expect(exitCode).toBe(code);
});

test('the schema refuses what is not in it', () => {
  expect(validate({ schema: 'tcplab/check/1' })).toBe(false);
  expect(validate.errors?.map(({ params }) => params)).toContainEqual({ missingProperty: 'checks' });
});
