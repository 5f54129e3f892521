import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXERCISES } from '../../../lab/exercises/catalog.ts';
import { parseJsonLines } from '../../../lab/report/json-lines.ts';
import { toPcapng } from '../../../lab/report/pcapng.ts';
import { STATES } from '../../../lab/tcp/states.ts';
import { steps, stepsAbout } from '../../hosts/steps.ts';
import type { Walk, Walked } from '../../hosts/walk.ts';
import { comparable, needs, type Said, tsharkSays } from '../../report/tshark.ts';
import { weSay } from '../../report/we-say.ts';
import { quietly, ROOT } from '../../support/tcplab.ts';

const WALK_MS = 120_000;
const VERSIONS = ['4', '6'] as const;

/** The exercises that are over both in every run: a server's table with IPv4, IPv6 and mapped addresses is what they are about. */
const OVER_BOTH = EXERCISES.filter(({ ipv6 }) => ipv6 === true).map(({ slug }) => slug);

const walks = new Map<string, Walk>();
const folders = new Map<string, string>();

beforeAll(async () => {
  for (const ip of VERSIONS) {
    folders.set(ip, await mkdtemp(join(tmpdir(), `tcplab-over-ipv${ip}-`)));
    const args = [join(ROOT, 'test/hosts/walk.ts'), 'namespaces', 'versions', ip, folders.get(ip) ?? ''];
    const { stdout } = await execa(process.execPath, args, { ...quietly, reject: true });
    walks.set(ip, JSON.parse(stdout) as Walk);
  }
}, 2 * WALK_MS);

afterAll(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true });
});

function over(ip: (typeof VERSIONS)[number], part: keyof Walk, name: string): Walked {
  const walked = walks.get(ip)?.[part][name];
  if (walked === undefined) throw new Error(`${name} was not run over IPv${ip}`);
  return walked;
}

test('one exercise is over both versions of IP in every run, and 27 are over the one that was asked for', () => {
  expect(OVER_BOTH).toEqual(['count-states']);
  expect(EXERCISES).toHaveLength(28);
});

describe.each(EXERCISES)('exercise $number, $slug', ({ slug, paths }) => {
  test.each(VERSIONS)('passes over IPv%s, with segments of no other version', (ip) => {
    const versions = OVER_BOTH.includes(slug) ? [4, 6] : [Number(ip)];
    expect(over(ip, 'exercises', slug)).toMatchObject({ because: [], verdict: 'pass', versions });
  });

  test.each(VERSIONS)('takes the steps that it is about over IPv%s', (ip) => {
    const taken = steps(slug, over(ip, 'exercises', slug));
    for (const [host, wanted] of stepsAbout(slug, paths))
      expect(taken[host]).toEqual(expect.arrayContaining(wanted));
  });
});

describe.each(STATES)('the tour: %s', (state) => {
  test('is held and released over both', () => {
    for (const ip of VERSIONS) {
      const versions = state === 'LISTEN' ? [] : [Number(ip)];
      expect(over(ip, 'tour', state)).toMatchObject({ because: [], verdict: 'pass', versions });
    }
  });
});

/** Each tshark takes a moment to start: over IPv6 some are enough, of which each has something that the others have not. */
const CAPTURES = [
  ...EXERCISES.map(({ slug }) => ['4', slug] as const),
  ...['syn-sent', 'simultaneous-open', 'half-close', 'old-duplicates', 'half-open'].map(
    (slug) => ['6', slug] as const,
  ),
];

describe.skipIf(!comparable)(`the captures ${needs}`, () => {
  const all: Said[] = [];

  test.each(CAPTURES)('IPv%s: tshark and the lab say the same of every segment of %s', async (ip, slug) => {
    const place = join(folders.get(ip) ?? '', slug);
    const timeline = parseJsonLines(await readFile(`${place}.jsonl`, 'utf8'));
    await writeFile(`${place}.pcapng`, toPcapng(timeline));
    const [ours, theirs] = [weSay(timeline), await tsharkSays(`${place}.pcapng`)];
    const differ = ours.flatMap((each, n) =>
      JSON.stringify(each) === JSON.stringify(theirs[n])
        ? []
        : [{ frame: n + 1, ours: each, theirs: theirs[n] }],
    );
    expect(differ).toEqual([]);
    expect(ours).toHaveLength(theirs.length);
    all.push(...theirs);
  });

  test('have what is compared', () => {
    for (const flag of ['retransmission', 'duplicate_ack', 'keep_alive'])
      expect([flag, all.some(({ flags }) => flags.includes(flag))]).toEqual([flag, true]);
    expect(all.some(({ reset }) => reset)).toBe(true);
    expect(new Set(all.map(({ completeness }) => completeness)).size).toBeGreaterThan(5);
  });
});
