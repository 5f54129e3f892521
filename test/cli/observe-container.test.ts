import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { quietly, ROOT } from '../support/tcplab.ts';

test('without an engine --container says so: exit code 4', async () => {
  const env = { NO_COLOR: '1', DOCKER_HOST: 'unix:///no/such/socket' };
  const { exitCode, stdout, stderr } = await execa(join(ROOT, 'tcplab'), ['observe', '--container', 'web'], {
    ...quietly,
    env,
  });
  expect(stderr).toContain(
    'tcplab: there is no Docker engine at unix:///no/such/socket. Install or start one',
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
});
