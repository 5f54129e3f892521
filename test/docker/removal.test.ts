import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Docker } from '../../lab/host/docker/dockerode.ts';
import { IMAGE } from '../../lab/host/docker/engine.ts';
import { newRun, RUN_LABEL } from '../../lab/host/docker/labels.ts';
import { removeContainer } from '../../lab/host/docker/removal.ts';
import { docker } from './support/made.ts';

const ENGINE = '/var/run/docker.sock';

/** The way to this machine's engine, on which every answer to "wait until it is removed" is lost. */
async function wayThatLosesAnswers(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-way-'));
  const path = join(folder, 'engine.sock');
  const server = createServer((client) => {
    const engine = connect(ENGINE);
    client.pipe(engine);
    client.once('data', (asked: Buffer) => {
      if (asked.includes('/wait?')) engine.resume();
      else engine.pipe(client);
    });
    client.on('error', () => engine.destroy());
    client.on('close', () => engine.destroy());
    engine.on('error', () => client.destroy());
  });
  await new Promise<void>((listens) => server.listen(path, listens));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return path;
}

test('a container whose removal the engine never tells of is seen to be gone', async () => {
  const { Id } = await (
    await docker.createContainer({
      Image: IMAGE,
      Labels: { [RUN_LABEL]: newRun().id },
      HostConfig: { NetworkMode: 'none' },
    })
  ).inspect();
  const deaf = new Docker({ socketPath: await wayThatLosesAnswers() });
  const begun = performance.now();
  await removeContainer(deaf, Id);
  expect(performance.now() - begun).toBeLessThan(5_000);
  await expect(docker.getContainer(Id).inspect()).rejects.toMatchObject({ statusCode: 404 });
});
