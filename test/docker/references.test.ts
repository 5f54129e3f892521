import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { BACKENDS, type Backend } from '../../lab/host/backend.ts';
import { IN_NAMESPACES } from '../../lab/host/namespaces/enter.ts';
import { STATES } from '../../lab/tcp/states.ts';
import { byChance } from '../hosts/chance.ts';
import type { Walk, Walked } from '../hosts/walk.ts';
import { quietly, ROOT } from '../support/tcplab.ts';

const WALK_MS = 240_000;

/** The numbers that vary are the same for both. */
const SEED = 'both';

const walks = new Map<Backend, Walk>();

beforeAll(async () => {
  for (const backend of BACKENDS) {
    const place = backend === 'namespaces' ? IN_NAMESPACES : [];
    const [command = '', ...args] = [
      ...place,
      process.execPath,
      join(ROOT, 'test/hosts/walk.ts'),
      backend,
      SEED,
    ];
    const { stdout } = await execa(command, args, { ...quietly, reject: true });
    walks.set(backend, JSON.parse(stdout) as Walk);
  }
}, 2 * WALK_MS);

function of(backend: Backend, part: keyof Walk, name: string): Walked {
  const walked = walks.get(backend)?.[part][name];
  if (walked === undefined) throw new Error(`${name} was not run on ${backend}`);
  return walked;
}

/** By host: every step that one of its sockets has taken, in alphabetical order. */
function steps({ paths }: Pick<Walked, 'paths'>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(paths).map(([host, ways]) => {
      const all = ways.flatMap((way) => {
        const states = way.split(' → ');
        return states.slice(1).map((state, n) => `${states[n]} → ${state}`);
      });
      return [host, [...new Set(all)].sort()];
    }),
  );
}

describe.each(EXERCISES)('exercise $number, $slug', ({ slug, paths }) => {
  test.each(BACKENDS)('passes on %s, and takes the way that it is about', (backend) => {
    const walked = of(backend, 'exercises', slug);
    expect(walked).toMatchObject({ because: [], verdict: 'pass' });
    const taken = steps(byChance(slug, walked));
    const about = Object.entries(paths).map(([host, path]) => [
      host,
      [path.join(' → ').replace(/^CLOSED → SYN_RCVD/, 'LISTEN → SYN_RCVD')],
    ]);
    const wanted = steps(byChance(slug, { paths: Object.fromEntries(about) as Walked['paths'] }));
    for (const [host, own] of Object.entries(wanted))
      expect(taken[host]).toEqual(
        expect.arrayContaining(own.filter((step) => !step.startsWith('CLOSED → SYN_RCVD'))),
      );
  });

  test('takes the same way on both', () => {
    const [one, other] = BACKENDS.map((backend) => steps(byChance(slug, of(backend, 'exercises', slug))));
    expect(other).toEqual(one);
  });
});

describe.each(STATES)('the tour: %s', (state) => {
  test('is held and released on both, by the same way', () => {
    for (const backend of BACKENDS)
      expect(of(backend, 'tour', state)).toMatchObject({ because: [], verdict: 'pass' });
    const [one, other] = BACKENDS.map((backend) => steps(byChance(state, of(backend, 'tour', state))));
    expect(other).toEqual(one);
  });
});
