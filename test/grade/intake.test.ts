import { mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import { intake } from '../../lab/grade/intake/intake.ts';
import { tarOf, zipOf } from './intake-packing.ts';
import { Place, sentences } from './intake-place.ts';

const TEXT = 'await 4;\n';
const FOUR = { exercise: { number: 4, slug: 'syn-rcvd' } };

describe('every form of a submission gives the same store', () => {
  const forms: Record<string, Record<string, string | Buffer>> = {
    'a folder': { 'ada/04-syn-rcvd/client.ts': TEXT },
    'a folder in a folder': { 'ada/lab-main/04-syn-rcvd/client.ts': TEXT },
    'a zip': { 'ada.zip': zipOf([{ path: '04-syn-rcvd/client.ts', content: TEXT }]) },
    'a zip, nothing compressed': {
      'ada.ZIP': zipOf([{ path: '04-syn-rcvd/client.ts', content: TEXT, method: 0 }]),
    },
    'a zip with a folder around': {
      'ada.zip': zipOf([
        { path: 'lab-main/' },
        { path: 'lab-main/04-syn-rcvd/' },
        { path: 'lab-main/04-syn-rcvd/client.ts', content: TEXT },
      ]),
    },
    'a tar': { 'ada.tar': tarOf([{ path: './04-syn-rcvd/client.ts', content: TEXT }]) },
    'a tar.gz': { 'ada.tar.gz': gzipSync(tarOf([{ path: 'x/04-syn-rcvd/client.ts', content: TEXT }])) },
    'a tgz': { 'ada.tgz': gzipSync(tarOf([{ path: '04-syn-rcvd/client.ts', content: TEXT }])) },
    'a tgz that says zip': { 'ada.zip': gzipSync(tarOf([{ path: '04-syn-rcvd/client.ts', content: TEXT }])) },
    'a folder with an archive': { 'ada/lab.zip': zipOf([{ path: '04-syn-rcvd/client.ts', content: TEXT }]) },
    'what tools leave behind beside it': {
      'ada/04-syn-rcvd/client.ts': TEXT,
      'ada/04-syn-rcvd/README.md': '# notes',
      'ada/04-syn-rcvd/.backup-2026/client.ts': 'old',
      'ada/__MACOSX/04-syn-rcvd/._client.ts': 'x',
      'ada/.git/config': 'x',
      'ada/tsconfig.json': '{}',
      'ada/04-syn-rcvd/Thumbs.db': 'x',
    },
  };
  test.each(Object.entries(forms))('%s', async (_, files) => {
    using place = new Place(files);
    const { submissions, trouble } = await place.intake();
    expect(trouble).toEqual([]);
    expect(submissions.map(({ student, exercises }) => ({ student, exercises }))).toMatchObject([
      { student: 'ada', exercises: [{ ...FOUR, folder: 'ada/04-syn-rcvd', missing: [] }] },
    ]);
    expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
  });
});

describe('one exercise', () => {
  const exercise = exerciseNamed('4');

  test.each([
    ['at the top', { 'ada/client.ts': TEXT, 'ada/lib/x.ts': 'x' }],
    ['one folder deeper', { 'ada/final/client.ts': TEXT, 'ada/final/lib/x.ts': 'x' }],
    [
      'in an archive',
      {
        'ada.zip': zipOf([
          { path: 'client.ts', content: TEXT },
          { path: 'lib/x.ts', content: 'x' },
        ]),
      },
    ],
    [
      'in its folder',
      { 'ada/04-syn-rcvd/client.ts': TEXT, 'ada/04-syn-rcvd/lib/x.ts': 'x', 'ada/client.ts': 'no' },
    ],
  ])('its files lie %s', async (_, files) => {
    using place = new Place(files);
    expect((await place.intake({ exercise })).trouble).toEqual([]);
    expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT, 'ada/04-syn-rcvd/lib/x.ts': 'x' });
  });

  test('files at the top are nothing when no exercise is named', async () => {
    using place = new Place({ 'ada/client.ts': TEXT });
    expect(sentences(await place.intake(), 'ada')).toEqual([
      'No folder NN-name, such as 04-syn-rcvd, was found, so nothing was taken: hand in the folders of your exercises.',
    ]);
    expect(place.stored()).toEqual({ ada: null });
  });

  test('folders of other exercises are not taken, and are no mistake', async () => {
    using place = new Place({ 'ada/04-syn-rcvd/client.ts': TEXT, 'ada/05-two-queues/server.ts': 'x' });
    expect((await place.intake({ exercise })).trouble).toEqual([]);
    expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
  });
});

test('a store that is written again is the same, and so is the report', async () => {
  using place = new Place({
    'ada/04-syn-rcvd/client.ts': TEXT,
    'ada/04-syn-rcvd/lib/deep/x.mjs': 'x',
    'ada/05-two-queues/notes.txt': '',
    'bob.zip': zipOf([{ path: '04-syn-rcvd/client.ts', content: TEXT }]),
  });
  const first = await place.intake();
  const before = statSync(join(place.store, 'ada')).ino;
  const stored = place.stored();
  expect(await place.intake()).toEqual(first);
  expect(place.stored()).toEqual(stored);
  expect(statSync(join(place.store, 'ada')).ino).toBe(before);
  expect(first.submissions[0]?.exercises).toMatchObject([
    FOUR,
    { exercise: { number: 5 }, files: [], missing: ['server.ts'] },
  ]);
  const digests = first.submissions.map(({ exercises }) => exercises[0]?.digest);
  expect(digests[0]).not.toBe(digests[1]);
});

test('what does not belong in the store goes, also what a killed run left', async () => {
  using place = new Place({ 'ada/04-syn-rcvd/client.ts': TEXT });
  await place.intake();
  mkdirSync(join(place.store, '.new-x/y'), { recursive: true });
  symlinkSync('/etc', join(place.store, 'ada/04-syn-rcvd/etc'));
  writeFileSync(join(place.store, 'ada/04-syn-rcvd/client.ts'), 'tampered');
  await place.intake();
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
  place.add({ 'ada/04-syn-rcvd/client.ts': 'newer' });
  await place.intake();
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': 'newer' });
});

test("a link in a student's place in the store is replaced, not followed", async () => {
  using place = new Place({ 'ada/04-syn-rcvd/client.ts': TEXT });
  mkdirSync(place.store, { recursive: true });
  const elsewhere = join(place.root, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'kept'), '');
  symlinkSync(elsewhere, join(place.store, 'ada'));
  await place.intake();
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
  expect(statSync(join(elsewhere, 'kept')).isFile()).toBe(true);
});

test('the store can be read by everybody and written by its owner, whatever the mask', async () => {
  using place = new Place({ 'ada/04-syn-rcvd/lib/x.ts': TEXT });
  const mask = process.umask(0o077);
  try {
    await place.intake();
  } finally {
    process.umask(mask);
  }
  const modes = ['', 'ada', 'ada/04-syn-rcvd', 'ada/04-syn-rcvd/lib', 'ada/04-syn-rcvd/lib/x.ts'].map(
    (path) => (statSync(join(place.store, path)).mode & 0o7777).toString(8),
  );
  expect(modes).toEqual(['755', '755', '755', '755', '644']);
});

test('a store among the submissions is nobody', async () => {
  using place = new Place({ 'ada/04-syn-rcvd/client.ts': TEXT, 'roster.csv': 'ada' });
  const report = await intake(place.dir, join(place.dir, 'out/intake'));
  expect(report.submissions.map(({ student }) => student)).toEqual(['ada']);
  expect(report.others).toEqual(['out', 'roster.csv']);
});

test('the time of a submission is that of its newest file', async () => {
  const at = (text: string): number => Date.parse(text) / 1000;
  using place = new Place({
    'ada/04-syn-rcvd/client.ts': TEXT,
    'ada/04-syn-rcvd/x.ts': TEXT,
    'ada/04-syn-rcvd/notes.txt': '',
    'bob.zip': zipOf([{ path: '04-syn-rcvd/client.ts', time: at('2026-03-04T05:06:07Z') }]),
    'cyd.tar': tarOf([{ path: '04-syn-rcvd/client.ts', time: at('2026-03-04T05:06:08Z') }]),
    'dan.tar': tarOf([{ path: '04-syn-rcvd/client.ts', time: 0 }]),
    'eve.zip': zipOf([{ path: '04-syn-rcvd/client.ts' }]),
  });
  utimesSync(join(place.dir, 'ada/04-syn-rcvd/client.ts'), 0, at('2026-02-01T00:00:00Z'));
  utimesSync(join(place.dir, 'ada/04-syn-rcvd/x.ts'), 0, at('2026-02-03T00:00:00Z'));
  const { submissions } = await place.intake();
  expect(submissions.map(({ exercises }) => exercises[0]?.submittedAt)).toEqual([
    '2026-02-03T00:00:00.000Z',
    '2026-03-04T05:06:07.000Z',
    '2026-03-04T05:06:08.000Z',
    null,
    null,
  ]);
});

test('a byte order mark and CRLF stay as they are', async () => {
  const text = '\ufeffawait 4;\r\n';
  using place = new Place({ 'ada/04-syn-rcvd/client.ts': text });
  await place.intake();
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': text });
});

test('settings and packages are not taken, and it is said', async () => {
  using place = new Place({
    'ada/04-syn-rcvd/client.ts': TEXT,
    'ada/04-syn-rcvd/package.json': '{"type":"commonjs"}',
    'ada/04-syn-rcvd/.npmrc': 'x',
    'ada/vitest.config.ts': 'x',
    'ada/04-syn-rcvd/node_modules/ws/index.js': 'x',
    'ada/node_modules/y/package.json': 'x',
  });
  expect(sentences(await place.intake(), 'ada')).toEqual([
    '.npmrc is not taken: programs run with the settings of the course.',
    'node_modules is not taken: programs run with the packages of the course.',
    'package.json is not taken: programs run with the settings of the course.',
    'vitest.config.ts is not taken: programs run with the settings of the course.',
  ]);
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
});

test('a folder with a mistake in its name is told from a folder of an exercise', async () => {
  using place = new Place({
    'ada/04-syn-recv/client.ts': TEXT,
    'ada/99-more/x.ts': '',
    'ada/05-two-queues/server.ts': '',
  });
  expect(sentences(await place.intake(), 'ada')).toEqual([
    '04-syn-recv is not the folder of an exercise: rename it to 04-syn-rcvd.',
    '99-more is not the folder of an exercise, and there is none of this number.',
  ]);
});

test('of a folder that is there twice the one that is nearer to the top is taken', async () => {
  using place = new Place({
    'ada/04-syn-rcvd/client.ts': TEXT,
    'ada/old/04-syn-rcvd/client.ts': 'old',
    'ada/a/05-two-queues/server.ts': 'a',
    'ada/b/05-two-queues/server.ts': 'b',
  });
  expect(sentences(await place.intake(), 'ada')).toEqual([
    '05-two-queues is there more than once, and the one in a was taken: hand in one.',
  ]);
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT, 'ada/05-two-queues/server.ts': 'a' });
});

test('of a student with a folder and an archive the folder is taken', async () => {
  using place = new Place({
    'ada/04-syn-rcvd/client.ts': TEXT,
    'ada.zip': zipOf([{ path: '04-syn-rcvd/client.ts', content: 'zip' }]),
  });
  const report = await place.intake();
  expect(sentences(report, 'ada')).toEqual([
    'ada.zip was left alone, as there is ada, too: hand in one of them.',
  ]);
  expect(place.stored()).toEqual({ 'ada/04-syn-rcvd/client.ts': TEXT });
});

test('students whose names differ only in case or Unicode form stay apart', async () => {
  const names = [
    'ada',
    'Ada',
    'J\u00e9r\u00f4me',
    'Je\u0301ro\u0302me',
    'con',
    '..a',
    'a b+c%20',
    '=SUM(A1)',
  ];
  using place = new Place(Object.fromEntries(names.map((name) => [`${name}/04-syn-rcvd/client.ts`, name])));
  const { submissions, trouble } = await place.intake();
  expect(trouble).toEqual([]);
  expect(submissions.map(({ student }) => student)).toEqual(names.filter((name) => name !== '..a').sort());
  const texts = submissions.map(({ folder }) => place.stored()[`${folder}/04-syn-rcvd/client.ts`]);
  expect(texts).toEqual(submissions.map(({ student }) => student));
});
