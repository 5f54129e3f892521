import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, test } from 'vitest';
import { INTAKE_LIMITS } from '../../lab/grade/intake/limits.ts';
import { Place, sentences } from './intake-place.ts';

const TEXT = 'await 4;\n';
const SECRET = 'the hidden check';
const isRoot = process.getuid?.() === 0;

/** Bob is honest, and beside every hostile student. */
const BOB = { 'bob/04-syn-rcvd/client.ts': TEXT };
const BOBS = { 'bob/04-syn-rcvd/client.ts': TEXT };

describe('what is not a regular file is named and not taken', () => {
  interface Case {
    readonly what: string;
    /** Makes it, where Ada's client.ts should be. */
    readonly make: (client: string, place: Place) => void;
    readonly says: string;
    /** What of Ada's is in the store. */
    readonly stored?: Record<string, string | null>;
  }
  const cases: Case[] = [
    {
      what: 'a symbolic link to a file',
      make: (client, { root }) => symlinkSync(join(root, 'secret.ts'), client),
      says: '04-syn-rcvd/client.ts is a symbolic link, and links are not followed: hand in the file itself.',
    },
    {
      what: 'a symbolic link to another student',
      make: (client) => symlinkSync('../../bob/04-syn-rcvd/client.ts', client),
      says: '04-syn-rcvd/client.ts is a symbolic link, and links are not followed: hand in the file itself.',
    },
    {
      what: 'a symbolic link to itself',
      make: (client) => symlinkSync('client.ts', client),
      says: '04-syn-rcvd/client.ts is a symbolic link, and links are not followed: hand in the file itself.',
    },
    {
      what: 'a hard link',
      make: (client, { root }) => linkSync(join(root, 'secret.ts'), client),
      says: '04-syn-rcvd/client.ts is a hard link, one of several names of a file: hand in a copy of it.',
    },
    {
      what: 'a FIFO',
      make: (client) => void execaSync('mkfifo', [client]),
      says: '04-syn-rcvd/client.ts is a FIFO, not a file: hand in a file.',
    },
    {
      what: 'a sparse file of a terabyte',
      make: (client) => {
        writeFileSync(client, '');
        truncateSync(client, 2 ** 40);
      },
      says: '04-syn-rcvd/client.ts is larger than 1 MiB, and is not taken: hand in a smaller file.',
    },
    {
      what: 'a source of 10 MB',
      make: (client) => writeFileSync(client, 'x'.repeat(10_000_000)),
      says: '04-syn-rcvd/client.ts is larger than 1 MiB, and is not taken: hand in a smaller file.',
    },
    {
      what: 'an exercise folder that is a link',
      make: (client, { root }) => {
        rmSync(join(client, '..'), { recursive: true });
        symlinkSync(root, join(client, '..'));
      },
      says: '04-syn-rcvd is a symbolic link, and links are not followed: hand in the file itself.',
    },
    {
      what: 'an exercise folder that is a file',
      make: (client) => {
        rmSync(join(client, '..'), { recursive: true });
        writeFileSync(join(client, '..'), '');
      },
      says: "04-syn-rcvd is a file, and should be the exercise's folder.",
    },
    {
      what: 'a folder where the file should be',
      make: (client) => mkdirSync(join(client, 'client.ts'), { recursive: true }),
      says: '',
    },
    {
      what: 'folders that go on and on',
      make: (client) => {
        mkdirSync(join(client, '../a/b/c/d/e/f/g'), { recursive: true });
        writeFileSync(join(client, '../a/b/c/d/e/f/g/x.ts'), '');
      },
      says: 'What is more than 4 names deep in an exercise is not taken: 04-syn-rcvd/a/b/c has some; move it up.',
    },
    {
      what: 'a name that is not UTF-8',
      make: (client) =>
        writeFileSync(
          Buffer.concat([Buffer.from(`${dirname(client)}/`), Buffer.from([0xff]), Buffer.from('.ts')]),
          '',
        ),
      says: '\ufffd.ts has a name that is not UTF-8: rename it with plain letters.',
    },
    {
      what: 'a name that turns the direction of what follows',
      make: (client) => symlinkSync('x', client.replace('client.ts', 'a\u202est.ts')),
      says: '04-syn-rcvd/a\\u{202e}st.ts is a symbolic link, and links are not followed: hand in the file itself.',
    },
    {
      what: 'a name with a line break',
      make: (client) => writeFileSync(client.replace('client.ts', 'a\nb.ts'), ''),
      says: 'a\\u{a}b.ts has control characters in its name: rename it.',
    },
  ];

  test.each(cases)('$what', async ({ make, says }) => {
    using place = new Place(BOB);
    writeFileSync(join(place.root, 'secret.ts'), SECRET);
    mkdirSync(join(place.dir, 'ada/04-syn-rcvd'), { recursive: true });
    make(join(place.dir, 'ada/04-syn-rcvd/client.ts'), place);
    const report = await place.intake();
    expect(sentences(report, 'ada')).toEqual(says === '' ? [] : [says]);
    expect(report.submissions[0]?.exercises).toMatchObject([{ files: [], missing: ['client.ts'] }]);
    expect(place.stored()).toEqual({ 'ada/04-syn-rcvd': null, ...BOBS });
    expect(sentences(report, 'bob')).toEqual([]);
  });

  test('a socket', async () => {
    using place = new Place(BOB);
    mkdirSync(join(place.dir, 'ada/04-syn-rcvd'), { recursive: true });
    const server = createServer().listen(join(place.dir, 'ada/04-syn-rcvd/client.ts'));
    await once(server, 'listening');
    try {
      expect(sentences(await place.intake(), 'ada')).toEqual([
        '04-syn-rcvd/client.ts is a socket, not a file: hand in a file.',
      ]);
    } finally {
      server.close();
    }
  });

  test.runIf(isRoot)('a device', async (context) => {
    using place = new Place(BOB);
    mkdirSync(join(place.dir, 'ada/04-syn-rcvd'), { recursive: true });
    const made = execaSync('mknod', [join(place.dir, 'ada/04-syn-rcvd/client.ts'), 'c', '1', '5'], {
      reject: false,
    });
    if (made.failed) context.skip('no devices can be made here');
    expect(sentences(await place.intake(), 'ada')).toEqual([
      '04-syn-rcvd/client.ts is a device, not a file: hand in a file.',
    ]);
  });

  test('files and folders that may not be read', async () => {
    using place = new Place({
      ...BOB,
      'ada/04-syn-rcvd/client.ts': TEXT,
      'ada/05-two-queues/server.ts': TEXT,
      'cyd/04-syn-rcvd/client.ts': TEXT,
    });
    chmodSync(join(place.dir, 'ada/04-syn-rcvd/client.ts'), 0);
    chmodSync(join(place.dir, 'ada/05-two-queues'), 0);
    chmodSync(join(place.dir, 'cyd'), 0);
    chmodSync(place.root, 0o777);
    if (isRoot) process.seteuid?.(65534);
    try {
      const report = await place.intake();
      expect(sentences(report, 'ada')).toEqual([
        '05-two-queues may not be read: give it read permission, and hand it in again.',
        '04-syn-rcvd/client.ts may not be read: give it read permission, and hand it in again.',
      ]);
      expect(sentences(report, 'cyd')).toEqual([
        'The submission may not be read: give it read permission, and hand it in again.',
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(place.stored()).toEqual({
      'ada/04-syn-rcvd': null,
      'ada/05-two-queues': null,
      cyd: null,
      ...BOBS,
    });
    for (const path of ['ada/05-two-queues', 'cyd']) chmodSync(join(place.dir, path), 0o755);
  });
});

test('a student who is a link, a FIFO or an unknown archive is named', async () => {
  using place = new Place({ ...BOB, 'fay.7z': 'x', 'gil.tar.xz': 'x' });
  symlinkSync(join(place.dir, 'bob'), join(place.dir, 'ada'));
  symlinkSync('/etc/passwd', join(place.dir, 'cyd.zip'));
  execaSync('mkfifo', [join(place.dir, 'dan.zip'), join(place.dir, 'log')]);
  const { submissions, trouble, others } = await place.intake();
  expect(Object.fromEntries(trouble.map(({ student, sentence }) => [student, sentence]))).toEqual({
    ada: 'ada is a symbolic link, so nothing of it was taken: hand in a folder or an archive.',
    cyd: 'cyd.zip is a symbolic link, so nothing of it was taken: hand in a folder or an archive.',
    dan: 'dan.zip is a FIFO, so nothing of it was taken: hand in a folder or an archive.',
    fay: 'fay.7z is an archive of a kind that is not opened here: hand in a .zip or .tar.gz.',
    gil: 'gil.tar.xz is an archive of a kind that is not opened here: hand in a .zip or .tar.gz.',
  });
  expect(submissions.map(({ student }) => student)).toEqual(['ada', 'bob', 'cyd', 'dan', 'fay', 'gil']);
  expect(others).toEqual(['log']);
});

describe('limits', () => {
  test("64 files of an exercise are taken, the student's own first", async () => {
    const many = Array.from({ length: 70 }, (_, n) => [`ada/04-syn-rcvd/a${n}.ts`, 'x']);
    using place = new Place({ ...BOB, ...Object.fromEntries(many), 'ada/04-syn-rcvd/client.ts': TEXT });
    const report = await place.intake();
    expect(sentences(report, 'ada')).toEqual([
      '04-syn-rcvd has 71 files, and 64 are taken: hand in only what your programs use.',
    ]);
    expect(report.submissions[0]?.exercises[0]).toMatchObject({ missing: [], files: { length: 64 } });
  });

  test('4 MiB of a submission are taken', async () => {
    const half = 'x'.repeat(1024 * 1024 - 4);
    const files = ['client.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts'].map((file) => [
      `ada/04-syn-rcvd/${file}`,
      half,
    ]);
    using place = new Place({ ...BOB, ...Object.fromEntries(files), 'ada/05-two-queues/server.ts': 'small' });
    const report = await place.intake();
    expect(report.trouble).toEqual([
      {
        student: 'ada',
        exercise: 4,
        sentence: 'e.ts is not taken: the submission is larger than 4 MiB.',
      },
    ]);
    expect(Object.keys(place.stored())).toContain('ada/05-two-queues/server.ts');
  });

  test('a folder with too many names is refused as a whole', async () => {
    using place = new Place({
      ...BOB,
      'ada/04-syn-rcvd/client.ts': TEXT,
      'ada/04-syn-rcvd/b': '',
      'ada/04-syn-rcvd/c': '',
    });
    const report = await place.intake({ limits: { ...INTAKE_LIMITS, entries: 3 } });
    expect(report.trouble).toEqual([
      {
        student: 'ada',
        sentence:
          'The submission has more than 3 entries, so nothing of it was taken: hand in only the exercise folders.',
      },
    ]);
    expect(place.stored()).toEqual({ ada: null, ...BOBS });
  });

  test('of many oddities the first are said, and the rest is counted', async () => {
    using place = new Place(BOB);
    mkdirSync(join(place.dir, 'ada/04-syn-rcvd'), { recursive: true });
    for (let n = 0; n < 50; n += 1) symlinkSync('/', join(place.dir, `ada/04-syn-rcvd/${n}.ts`));
    const said = sentences(await place.intake(), 'ada');
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe('There is more of this kind, 30 times: see to the first ones.');
  });
});

test('names that are replaced while they are read never lead to another file', async () => {
  using place = new Place({ ...BOB, 'ada/04-syn-rcvd/client.ts': TEXT });
  const secrets = join(place.root, '04-syn-rcvd');
  mkdirSync(secrets);
  writeFileSync(join(secrets, 'client.ts'), SECRET);
  renameSync(join(place.dir, 'ada'), join(place.root, 'real'));
  // Makes `ada`, her folder and her file a link and the real thing by turns, as fast as it can, for at most 20 s.
  const swap = `
    const { renameSync, symlinkSync, rmSync, cpSync } = require('node:fs');
    const [root, dir] = process.argv.slice(1);
    const until = Date.now() + 20_000;
    const tries = [
      ['ada', root, 'real'],
      ['ada/04-syn-rcvd', root + '/04-syn-rcvd', 'real/04-syn-rcvd'],
      ['ada/04-syn-rcvd/client.ts', root + '/04-syn-rcvd/client.ts', 'real/04-syn-rcvd/client.ts'],
    ];
    console.log('ready');
    for (let n = 0; Date.now() < until; n += 1) {
      const [name, target, real] = tries[n % 3];
      rmSync(dir + '/ada', { recursive: true, force: true });
      cpSync(root + '/real', dir + '/ada', { recursive: true });
      for (let m = 0; m < 20; m += 1) {
        renameSync(dir + '/' + name, root + '/aside');
        symlinkSync(target, dir + '/' + name);
        rmSync(dir + '/' + name);
        renameSync(root + '/aside', dir + '/' + name);
      }
    }`;
  const swapping = spawn(process.execPath, ['-e', swap, place.root, place.dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(swapping, 'exit');
  await once(swapping.stdout, 'data');
  let taken = 0;
  let links = 0;
  try {
    // Until it was taken at times and refused at others, or this shows nothing.
    for (let n = 0; n < 200 || taken === 0 || links === 0; n += 1) {
      const report = await place.intake();
      const stored = place.stored();
      expect(Object.values(stored)).not.toContain(SECRET);
      expect(stored).toMatchObject(BOBS);
      taken += Number(stored['ada/04-syn-rcvd/client.ts'] === TEXT);
      links += Number(sentences(report, 'ada').some((sentence) => sentence.includes('symbolic link')));
    }
  } finally {
    swapping.kill('SIGKILL');
    await gone;
  }
}, 60_000);
