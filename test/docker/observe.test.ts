import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { quietly } from '../support/tcplab.ts';
import { describeWithEngine } from './support/engine.ts';

const IMAGE = process.env.TCPLAB_IMAGE ?? 'tcplab';
const LISTENS = "require('node:net').createServer().listen(8080, '0.0.0.0')";
/** Root without what it takes to enter a container's namespaces. */
const MAY_NOT_ENTER = ['--bounding-set', '-sys_admin,-sys_ptrace', '--inh-caps', '-all'];

/** A container that is not the lab's, with a listener on port 8080. It goes with the test. */
async function listening(): Promise<string> {
  const name = `tcplab-observed-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const make = ['run', '--detach', '--rm', '--network', 'none', '--name', name, '--entrypoint', 'node'];
  expect(await execa('docker', [...make, IMAGE, '-e', LISTENS], quietly)).toMatchObject({ exitCode: 0 });
  onTestFinished(async () => {
    await execa('docker', ['rm', '--force', name], quietly);
  });
  return name;
}

/** Looks until there is a listener: the container has only just begun. */
async function observed(name: string, become: readonly string[] = []) {
  for (let n = 0; n < 20; n += 1) {
    const command = [
      ...become,
      process.execPath,
      'lab/cli/main.ts',
      'observe',
      '--json',
      '--container',
      name,
    ];
    const { stdout, stderr, exitCode } = await execa(command[0] as string, command.slice(1), quietly);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const document = JSON.parse(stdout) as { states: { LISTEN: number }; listeners: object[]; place: object };
    if (document.states.LISTEN > 0) return document;
  }
  throw new Error(`${name} never listened`);
}

describeWithEngine('observe --container', () => {
  test('enters the network namespace of a container where it may', async () => {
    const name = await listening();
    const { listeners, place } = await observed(name);
    expect(place).toEqual({ kind: 'container', container: name, by: 'entered' });
    expect(listeners).toMatchObject([{ local: { address: '0.0.0.0', port: 8_080 } }]);
  });

  test('looks by a container beside it where it may not, and leaves none', async () => {
    const name = await listening();
    const { listeners, place } = await observed(name, ['setpriv', ...MAY_NOT_ENTER]);
    expect(place).toEqual({ kind: 'container', container: name, by: 'beside' });
    expect(listeners).toMatchObject([{ local: { address: '0.0.0.0', port: 8_080 } }]);
    const { stdout: id } = await execa('docker', ['inspect', '--format', '{{.Id}}', name], quietly);
    const format = '{{.HostConfig.NetworkMode}}';
    const { stdout: ids } = await execa('docker', ['ps', '--all', '--quiet'], quietly);
    const modes = await execa('docker', ['inspect', '--format', format, ...ids.split('\n')], quietly);
    expect(modes.stdout).not.toContain(id);
  });

  test.each([['no-such-container', 'there is no container "no-such-container". Those that run: docker ps']])(
    '%s is said to be none: exit code 2',
    async (name, sentence) => {
      const args = ['lab/cli/main.ts', 'observe', '--container', name];
      const { stderr, exitCode } = await execa(process.execPath, args, quietly);
      expect({ stderr, exitCode }).toEqual({ stderr: `tcplab: ${sentence}`, exitCode: 2 });
    },
  );
});
