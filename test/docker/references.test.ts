import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { BACKENDS, type Backend } from '../../lab/host/backend.ts';
import { IN_NAMESPACES } from '../../lab/host/namespaces/enter.ts';
import { STATES } from '../../lab/tcp/states.ts';
import { steps, stepsAbout } from '../hosts/steps.ts';
import type { Walk, Walked } from '../hosts/walk.ts';
import { quietly, ROOT } from '../support/tcplab.ts';

const WALK_MS = 240_000;

/** What varies from run to run, such as ports, is the same on both. */
const SEED = 'both';

const walks = new Map<Backend, Walk>();

beforeAll(async () => {
  const walk = join(ROOT, 'test/hosts/walk.ts');
  const walkOn = async (backend: Backend): Promise<void> => {
    const place = backend === 'namespaces' ? IN_NAMESPACES : [];
    const [command, ...args] = [...place, process.execPath, walk, backend, SEED];
    const { stdout } = await execa(command, args, { ...quietly, reject: true });
    walks.set(backend, JSON.parse(stdout) as Walk);
  };
  // Beside each other: what a run does does not depend on what else this machine does.
  await Promise.all(BACKENDS.map(walkOn));
}, WALK_MS);

function of(backend: Backend, part: keyof Walk, name: string): Walked {
  const walked = walks.get(backend)?.[part][name];
  if (walked === undefined) throw new Error(`${name} was not run on ${backend}`);
  return walked;
}

describe.each(EXERCISES)('exercise $number, $slug', ({ slug, paths }) => {
  test.each(BACKENDS)('passes on %s, by the steps that it is about', (backend) => {
    const walked = of(backend, 'exercises', slug);
    expect(walked).toMatchObject({ because: [], verdict: 'pass' });
    const taken = steps(slug, walked);
    for (const [host, wanted] of stepsAbout(slug, paths))
      expect(taken[host]).toEqual(expect.arrayContaining(wanted));
  });

  test('takes the same steps on both', () => {
    const [one, other] = BACKENDS.map((backend) => steps(slug, of(backend, 'exercises', slug)));
    expect(other).toEqual(one);
  });
});

describe.each(STATES)('the tour: %s', (state) => {
  test.each(BACKENDS)('is reached, held and released on %s', (backend) => {
    const walked = of(backend, 'tour', state);
    expect(walked).toMatchObject({ because: [], verdict: 'pass' });
    const taken = Object.values(steps(state, walked)).flat();
    // CLOSED is held where there never was a socket.
    expect(state === 'CLOSED' || taken.some((step) => step.endsWith(` → ${state}`))).toBe(true);
  });
});
