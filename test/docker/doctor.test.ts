// Doctor and a real engine: what it says of the lab there, and what it removes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../lab/cli/doctor/document.ts';
import { IMAGE } from '../../lab/host/docker/engine.ts';
import { newRun } from '../../lab/host/docker/labels.ts';
import { quietly, ROOT, tcplab } from '../support/tcplab.ts';
import { docker as client, madeIn } from './support/made.ts';

const SOCKET = '/var/run/docker.sock';
const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere' };

interface Outcome {
  readonly document: DoctorDocument;
  readonly exitCode: number | undefined;
}

async function doctor(env: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const { stdout, stderr, exitCode } = await execa(join(ROOT, 'tcplab'), ['doctor', ...args, '--json'], {
    ...quietly,
    env: { ...quietly.env, ...env },
  });
  expect(stderr).toBe('');
  return { document: JSON.parse(stdout) as DoctorDocument, exitCode };
}

/** What is said of Docker. */
function docker({ document }: Outcome) {
  return document.checks.find(({ id }) => id === 'docker');
}

/** The containers and networks on the engine with this in their names. */
async function named(part: string): Promise<string[]> {
  const filters = JSON.stringify({ name: [part] });
  const [containers, networks] = await Promise.all([
    client.listContainers({ all: true, filters }),
    client.listNetworks({ filters }),
  ]);
  return [
    ...containers.map(({ Names }) => `container ${Names[0]?.slice(1)}`),
    ...networks.map(({ Name }) => `network ${Name}`),
  ];
}

/** What a process that was killed has left, a container, a network and a volume: the id of its run. */
async function deadRun(): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'test/docker/support/leave-behind.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [id] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return id;
}

describe('doctor on Docker', () => {
  const own: { remove(): Promise<unknown> }[] = [];
  const stale = `tcplab-doctor-stale-${process.pid}`;
  const foreign = `tcplab-doctor-foreign-${process.pid}`;

  beforeAll(async () => {
    for (const [image, command] of [
      [stale, 'echo of other files >/tcplab/.digest'],
      [foreign, 'rm /tcplab/.digest'],
    ] as const) {
      const input = `FROM ${IMAGE}\nUSER root\nRUN ${command}\n`;
      await execa('docker', ['build', '--quiet', '--network=none', '--tag', image, '-'], { input });
    }
  }, 60_000);
  afterEach(async () => {
    for (const made of own.splice(0)) await made.remove();
  });
  afterAll(async () => {
    await execa('docker', ['image', 'rm', stale, foreign]);
  });

  test('hosts can be containers, and leave nothing', async () => {
    const outcome = await doctor({}, '--backend', 'docker');
    expect(docker(outcome)).toMatchObject({
      status: 'works',
      detail: expect.stringContaining(`image ${IMAGE} of this checkout`),
    });
    expect(outcome.document).toMatchObject({ ready: true, backends: ['docker'] });
    expect(outcome.exitCode).toBe(0);
  });

  test.each([
    ['none yet', 'tcplab-none', 'no image tcplab-none yet'],
    ['one of other files', stale, 'is of other files than this checkout'],
    ['one that is not the lab', foreign, 'is of other files than this checkout'],
  ])('an image: %s', async (_, image, words) => {
    const usual = await doctor({ TCPLAB_IMAGE: image });
    expect(docker(usual)).toMatchObject({ status: 'optional', detail: expect.stringContaining(words) });
    expect(usual).toMatchObject({ exitCode: 0, document: { backends: ['namespaces'] } });
    const wanted = await doctor({ TCPLAB_IMAGE: image, TCPLAB_BACKEND: 'docker' });
    expect(docker(wanted)).toMatchObject({
      status: 'missing',
      disables: expect.any(String),
      remedy: expect.stringContaining('docker compose build'),
    });
    expect(wanted).toMatchObject({ exitCode: 4, document: { ready: false, backends: [] } });
  });

  test('what a dead run has left is counted, and stays until it is to be removed', async () => {
    const id = await deadRun();
    const found = await doctor({}, '--backend', 'docker');
    expect(docker(found)?.status).toBe('works');
    expect(docker(found)?.remedy).toMatch(
      /^Runs that have died left \d+ containers?, \d+ networks? and \d+ volumes? there.*\n {2}\.\/tcplab doctor --fix$/,
    );
    expect(await madeIn(id)).toHaveLength(3);

    const { stdout, exitCode } = await tcplab('doctor', '--fix');
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining(
        ['container', 'network', 'volume'].map((kind) => `removed ${kind} tcplab-${id}`),
      ),
    );
    expect(exitCode).toBe(0);
    expect(await madeIn(id)).toEqual([]);
  });

  test('as a document', async () => {
    const id = await deadRun();
    const { stdout } = await tcplab('doctor', '--fix', '--json');
    const { schema, removed } = JSON.parse(stdout) as { schema: string; removed: { run: string }[] };
    expect(schema).toBe('tcplab/doctor-fix/1');
    expect(removed.filter(({ run }) => run === id)).toEqual(
      ['container', 'network', 'volume'].map((kind) => ({ kind, name: `tcplab-${id}`, run: id })),
    );
  });

  test('what has no label, and what a living process has made, is not touched', async () => {
    const { id, labels } = newRun();
    for (const [name, Labels] of [
      [`tcplab-${id}-labelled`, labels],
      [`tcplab-${id}-unlabelled`, {}],
    ] as const) {
      own.push(await client.createContainer({ name, Image: IMAGE, Labels: { ...Labels } }));
      own.push(await client.createNetwork({ Name: name, Internal: true, Labels: { ...Labels } }));
    }
    const { stdout } = await tcplab('doctor', '--fix');
    expect(stdout).not.toContain(id);
    expect(await named(id)).toHaveLength(4);
  });

  test('where there is no engine nothing is left, and namespaces do', async () => {
    const { stdout, exitCode } = await execa(join(ROOT, 'tcplab'), ['doctor', '--fix'], {
      ...quietly,
      env: { ...quietly.env, ...NO_ENGINE },
    });
    expect({ stdout, exitCode }).toEqual({
      stdout: 'Runs that have died left nothing on the Docker engine.',
      exitCode: 0,
    });
    expect(await doctor(NO_ENGINE)).toMatchObject({ exitCode: 0, document: { backends: ['namespaces'] } });
    expect((await doctor(NO_ENGINE, '--backend', 'docker')).exitCode).toBe(4);
  });

  test('in the container of the lab no namespaces can be made, and none are needed', async () => {
    const inLab = [
      '--cap-drop=ALL',
      '--network=none',
      '--env=TCPLAB_BACKEND=docker',
      `--env=TCPLAB_IMAGE=${IMAGE}`,
    ];
    const socket = [`--volume=${SOCKET}:${SOCKET}`, `--group-add=${statSync(SOCKET).gid}`];
    const { stdout, exitCode } = await execa(
      'docker',
      ['run', '--rm', ...inLab, ...socket, IMAGE, 'tcplab', 'doctor', '--json'],
      quietly,
    );
    const document = JSON.parse(stdout) as DoctorDocument;
    const problems = document.checks.filter(({ status }) => status === 'missing' || status === 'broken');
    expect(problems).toEqual([]);
    expect(document.checks.find(({ id }) => id === 'namespaces')).toMatchObject({
      status: 'optional',
      detail: expect.stringContaining('hosts in containers do without'),
    });
    expect(document).toMatchObject({ ready: true, backends: ['docker'] });
    expect(exitCode).toBe(0);
  });
});
