import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { IMAGE } from '../../lab/host/docker/engine.ts';
import { newRun, RUN_LABEL } from '../../lab/host/docker/labels.ts';
import { leftovers, type Made, remove, removeLeftovers } from '../../lab/host/docker/leftovers.ts';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { docker, madeIn } from './support/made.ts';

/** A process that has made a container, a network and a volume, and lives on. */
async function maker(): Promise<{ child: ChildProcess; run: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'test/docker/support/leave-behind.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [run] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, run };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function kindsIn(run: string): Promise<string[]> {
  return (await madeIn(run)).map(({ kind }) => kind).sort();
}

/** A container, never started, and a network, with these labels; both are removed after the test. */
async function made(Labels: Record<string, string>): Promise<{ container: Made; network: Made }> {
  const name = `tcplab-test-${newRun().id}`;
  const container = await docker.createContainer({
    name,
    Image: IMAGE,
    Labels,
    HostConfig: { NetworkMode: 'none' },
  });
  const network = await docker.createNetwork({ Name: name, Internal: true, Labels });
  onTestFinished(async () => {
    await container.remove({ force: true }).catch(() => {});
    await network.remove().catch(() => {});
  });
  const common = { name, labels: Labels, createdMs: Date.now(), running: false };
  return {
    container: { ...common, kind: 'container', id: container.id },
    network: { ...common, kind: 'network', id: network.id },
  };
}

async function isThere({ kind, id }: Made): Promise<boolean> {
  const asked = kind === 'container' ? docker.getContainer(id).inspect() : docker.getNetwork(id).inspect();
  return await asked.then(
    () => true,
    () => false,
  );
}

describe('what the lab has not made', () => {
  test('is never removed, not even on demand, nor is anything beside it', async () => {
    const foreign = await made({ 'com.example': 'somebody' });
    const own = await made({ ...newRun().labels });
    for (const { container, network } of [foreign]) {
      const refused = (thing: Made) =>
        `${thing.kind} ${thing.name} is not the lab's: it has no label ${RUN_LABEL}`;
      await expect(remove(docker, [own.container, container])).rejects.toThrow(refused(container));
      await expect(remove(docker, [own.network, network])).rejects.toThrow(refused(network));
    }
    await removeLeftovers(docker);
    for (const thing of [foreign.container, foreign.network, own.container, own.network])
      expect(await isThere(thing)).toBe(true);
    await remove(docker, [own.network, own.container]);
    expect([await isThere(own.container), await isThere(own.network)]).toEqual([false, false]);
  });
});

describe('what a run has made', () => {
  test('stays as long as its process lives, and goes with the next run after that', {
    timeout: 90_000,
  }, async () => {
    const [living, dead] = await Promise.all([maker(), maker()]);
    const everything = ['container', 'network', 'volume'];
    expect([await kindsIn(living.run), await kindsIn(dead.run)]).toEqual([everything, everything]);
    await kill(dead.child);
    expect((await tcplab('check', '1', '--reference', '--backend', 'docker')).exitCode).toBe(0);
    expect([await kindsIn(living.run), await kindsIn(dead.run)]).toEqual([everything, []]);
    await kill(living.child);
    await Promise.all([removeLeftovers(docker), removeLeftovers(docker)]);
    expect(await kindsIn(living.run)).toEqual([]);
  });

  test('is left over when its machine has been started anew, or its container is gone, and not when its process is out of sight', async () => {
    const labels = newRun().labels;
    const of = async (changed: Record<string, string>) => (await made({ ...labels, ...changed })).container;
    const here = await of({});
    const before = await of({ 'tcplab.owner.boot': 'another' });
    const reused = await of({ 'tcplab.owner.start': '1' });
    const elsewhere = await of({ 'tcplab.owner.pidns': 'pid:[1]' });
    const ended = await of({ 'tcplab.owner.pidns': 'pid:[1]', 'tcplab.owner.container': 'f'.repeat(64) });
    const left = new Set((await leftovers(docker)).map(({ id }) => id));
    const isLeft = [here, before, reused, elsewhere, ended].map(({ id }) => left.has(id));
    expect(isLeft).toEqual([false, true, true, false, true]);
  });
});
