import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HELD } from '../../lab/host/docker/digest.ts';
import { Lab } from '../hosts/lab.ts';
import { asNobody, isRoot } from '../support/nobody.ts';
import { quietly, ROOT } from '../support/tcplab.ts';
import { docker, madeBy } from './support/made.ts';
import { OwnEngine } from './support/own-engine.ts';

const CHECK = ['check', '1', '--reference', '--backend', 'docker'];
const SOCKET = '/var/run/docker.sock';

interface Ended {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whatever is amiss is one line on standard error, with what to do about it, and exit code 4. */
function expectSentence({ exitCode, stdout, stderr }: Ended, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^tcplab: /);
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
}

async function check(env: Record<string, string>, root = ROOT): Promise<Ended> {
  return await execa(process.execPath, [join(root, 'lab/cli/main.ts'), ...CHECK], {
    ...quietly,
    env: { ...quietly.env, ...env },
  });
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tcplab-test-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('the engine', () => {
  test('is not there', async () => {
    expectSentence(
      await check({ DOCKER_HOST: 'unix:///nowhere' }),
      'there is no Docker engine at unix:///nowhere. Install or start one (sudo systemctl start docker)',
    );
  });

  test('has left its socket, and does not listen any more', async () => {
    const path = join(folder(), 'docker.sock');
    // A socket stays behind when its process is killed.
    const listen = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await execa(process.execPath, ['--eval', listen], { reject: false });
    expectSentence(
      await check({ DOCKER_HOST: `unix://${path}` }),
      `the Docker engine at unix://${path} is not running. Start it: sudo systemctl start docker`,
    );
  });

  test('listens and never answers', { timeout: 20_000 }, async () => {
    const path = join(folder(), 'docker.sock');
    const silent = createListener().listen(path);
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    expectSentence(
      await check({ DOCKER_HOST: `unix://${path}` }),
      `the Docker engine at unix://${path} gives no answer: nothing within 5 s. To see why: ./tcplab doctor`,
    );
  });

  test.skipIf(!isRoot)('may not be used by everybody (needs root to become one)', async () => {
    expectSentence(
      await asNobody((tcplab) => tcplab(...CHECK)),
      `you may not use the Docker engine at ${SOCKET}. Join its group, which is as good as root, and log in again: sudo usermod -aG docker $USER`,
    );
  });

  // No older engine is to be had where only one can be installed. This is the real one, which says that it is older than it is.
  test('is too old', async () => {
    const path = join(folder(), 'docker.sock');
    const older = createServer((asked, answer) => {
      const { url, method, headers } = asked;
      if (url?.endsWith('/version') === true)
        answer.end(JSON.stringify({ Version: '19.03.15', ApiVersion: '1.40' }));
      else
        asked.pipe(
          request({ socketPath: SOCKET, path: url, method, headers }, (real) => {
            answer.writeHead(real.statusCode ?? 500, real.headers);
            real.pipe(answer);
          }),
        );
    }).listen(path);
    await once(older, 'listening');
    onTestFinished(() => void older.close());
    expectSentence(
      await check({ DOCKER_HOST: `unix://${path}` }),
      'Docker 19.03.15 is too old: the lab needs engine 20.10 (API 1.41) or newer, and this one has API 1.40. Update it: https://docs.docker.com/engine/install/',
    );
  });

  test.skipIf(!isRoot)(
    'has no room on its disk, or no address left (needs root to start one)',
    { timeout: 60_000 },
    async () => {
      await using own = await OwnEngine.start();
      await own.importNothing('tcplab-nothing');
      const env = { DOCKER_HOST: own.address, TCPLAB_IMAGE: 'tcplab-nothing' };
      const options = ['--internal', '--opt', 'com.docker.network.bridge.inhibit_ipv4=true'];
      await own.docker('network', 'create', ...options, '--subnet', '198.18.0.0/16', 'all');
      expectSentence(
        await check(env),
        "all of 198.18.0.0/16, the lab's addresses, is taken by other networks of this Docker engine. See which: docker network ls",
      );
      await own.docker('network', 'rm', 'all');
      own.fillDisk();
      expectSentence(
        await check(env),
        'the disk on which Docker keeps its containers is full. See what takes the room: docker system df',
      );
      expect((await own.docker('ps', '--all', '--quiet')).stdout).toBe('');
      expect((await own.docker('network', 'ls', '--quiet', '--filter', 'label=tcplab.run')).stdout).toBe('');
    },
  );
});

describe('the image', () => {
  test('has not been built', async () => {
    expectSentence(
      await check({ TCPLAB_IMAGE: 'tcplab-none' }),
      'there is no image "tcplab-none" yet. Build it: docker compose build',
    );
    expect(await madeBy(process.pid)).toEqual([]);
  });

  test('is of other files than the checkout', async () => {
    const copy = folder();
    for (const name of HELD) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'clients/connect.ts'), '// Changed.\n', { flag: 'a' });
    expectSentence(
      await check({}, copy),
      'was built from other files than this checkout has. Build it again: docker compose build',
    );
  });
});

test('a container that somebody ends in the middle of a run ends the run', async () => {
  const running = execa(process.execPath, [join(ROOT, 'lab/cli/main.ts'), ...CHECK], quietly);
  const observer = async (): Promise<string | undefined> =>
    (await madeBy(running.pid)).find((name) => /^container .*-server-observer$/.test(name))?.split(' ')[1];
  await expect.poll(observer, { timeout: 20_000, interval: 20 }).toBeDefined();
  const container = docker.getContainer((await observer()) ?? '');
  await expect.poll(async () => (await container.inspect()).State.Running, { timeout: 20_000 }).toBe(true);
  await container.kill();
  expectSentence(await running, 'the observer of server does not answer any more: its container has ended');
  expect(await madeBy(running.pid)).toEqual([]);
});

describe('a subnet', () => {
  test('that another network has is left to it: the next one is taken', async () => {
    const taken = await Promise.all(
      ['198.18.200.0/24', '198.18.201.0/24'].map(async (Subnet, n) => {
        const Name = `tcplab-test-${process.pid}-${n}`;
        const Options = { 'com.docker.network.bridge.inhibit_ipv4': 'true' };
        return await docker.createNetwork({
          Name,
          Internal: true,
          Options,
          IPAM: { Driver: 'default', Config: [{ Subnet }] },
        });
      }),
    );
    onTestFinished(async () => {
      await Promise.all(taken.map(async (network) => await network.remove()));
    });
    await using lab = await Lab.on('docker', { subnet: 200 });
    expect(lab.server.host.address).toBe('198.18.202.2');
    await lab.serve(8_080);
    await lab.connect(8_080);
  });
});
