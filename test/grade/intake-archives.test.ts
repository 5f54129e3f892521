import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paxOf, tarOf, zipOf } from './intake-packing.ts';
import { Place, sentences } from './intake-place.ts';

const TEXT = 'await 4;\n';
const CLIENT = '04-syn-rcvd/client.ts';
const ADAS = { 'ada/04-syn-rcvd/client.ts': TEXT };
const BOBS = { 'bob/04-syn-rcvd/client.ts': TEXT };
const AGAIN = 'pack the exercise folders again with an ordinary program.';

interface Case {
  readonly what: string;
  readonly name: 'ada.zip' | 'ada.tar' | 'ada.tgz';
  readonly archive: Buffer;
  readonly says: readonly string[];
  readonly stored: Record<string, string | null>;
}

/** Both kinds with an honest client.ts first, and then an entry under this path. */
function withPath(what: string, path: string | Buffer, says: string): Case[] {
  const entries = [
    { path: CLIENT, content: TEXT },
    { path, content: 'evil' },
  ];
  return [
    { what: `${what} in a zip`, name: 'ada.zip', archive: zipOf(entries), says: [says], stored: ADAS },
    { what: `${what} in a tar`, name: 'ada.tar', archive: tarOf(entries), says: [says], stored: ADAS },
  ];
}

/** A zip with one entry, client.ts, that is not what it should be. */
function badEntry(what: string, lie: object, says: string): Case {
  return {
    what: `${what} in a zip`,
    name: 'ada.zip',
    archive: zipOf([
      { path: CLIENT, content: TEXT, ...lie },
      { path: '05-two-queues/server.ts', content: TEXT },
    ]),
    says: [`${CLIENT} ${says}`],
    stored: { 'ada/04-syn-rcvd': null, 'ada/05-two-queues/server.ts': TEXT },
  };
}

/** A tar with client.ts of another type, in front of an honest server.ts. */
function badType(what: string, type: string, says: string): Case {
  return {
    what: `${what} in a tar`,
    name: 'ada.tar',
    archive: tarOf([
      { path: CLIENT, type, link: type === '1' || type === '2' ? '/etc/passwd' : '' },
      { path: '05-two-queues/server.ts', content: TEXT },
    ]),
    says: [`${CLIENT} ${says}`],
    stored: { 'ada/04-syn-rcvd': null, 'ada/05-two-queues/server.ts': TEXT },
  };
}

/** An archive of which nothing is taken. */
function refused(what: string, name: Case['name'], archive: Buffer, says: string): Case {
  return { what, name, archive, says: [says], stored: { ada: null } };
}

const BROKEN = (because: string): string =>
  `The archive is broken (${because}), so nothing of it was taken: pack the exercise folders again as .zip or .tar.gz.`;
const BOMB = (most: string): string =>
  `The archive holds more than ${most}, so nothing of it was taken: hand in only the exercise folders.`;
const honest = tarOf([{ path: CLIENT, content: TEXT }]);
const lots = Array.from({ length: 10_001 }, (_, n) => ({ path: `${n}` }));
const TOO_MANY =
  'The submission has more than 10,000 entries, so nothing of it was taken: hand in only the exercise folders.';
const LINK = 'is a symbolic link, and links are not followed: hand in the file itself.';
const UNTRUE = 'is not what the archive says it is: pack it again.';

const cases: Case[] = [
  ...withPath(
    'an absolute path',
    '/04-syn-rcvd/x.ts',
    `/04-syn-rcvd/x.ts in the archive is an absolute path: ${AGAIN}`,
  ),
  ...withPath(
    'a path up',
    '04-syn-rcvd/../../x.ts',
    `04-syn-rcvd/../../x.ts in the archive leads out of its folder: ${AGAIN}`,
  ),
  ...withPath(
    'backslashes',
    '04-syn-rcvd\\x.ts',
    `04-syn-rcvd\\x.ts in the archive has backslashes in its path: ${AGAIN}`,
  ),
  ...withPath('a drive', 'C:04-syn-rcvd/x.ts', `C:04-syn-rcvd/x.ts in the archive names a drive: ${AGAIN}`),
  ...withPath(
    'a line break',
    '04-syn-rcvd/a\nb.ts',
    `04-syn-rcvd/a\\u{a}b.ts in the archive has control characters in its name: ${AGAIN}`,
  ),
  ...withPath(
    'NUL',
    '04-syn-rcvd/client.ts\0.ts',
    `04-syn-rcvd/client.ts\\u{0}.ts in the archive has control characters in its name: ${AGAIN}`,
  ).slice(0, 1),
  ...withPath(
    'bytes of another encoding',
    Buffer.from('04-syn-rcvd/\xe4.ts', 'latin1'),
    '04-syn-rcvd/\ufffd.ts has a name that is not UTF-8: rename it with plain letters.',
  ),
  ...withPath(
    'the same path twice',
    `./04-syn-rcvd//client.ts`,
    `${CLIENT} is there more than once, and the last one counts: hand in one.`,
  ).map((one) => ({ ...one, stored: { 'ada/04-syn-rcvd/client.ts': 'evil' } })),
  ...withPath(
    'a file below a file',
    `${CLIENT}/x.ts`,
    `${CLIENT}/x.ts is both in a file and a file: pack the folder again.`,
  ),
  badEntry('a size that is too small', { size: 2 }, UNTRUE),
  badEntry('a size that is too large', { size: 200 }, UNTRUE),
  badEntry('a false checksum', { crc: 1 }, UNTRUE),
  badEntry('encryption', { flags: 0x801 }, 'is encrypted: pack it without a password.'),
  badEntry(
    'a rare compression',
    { method: 14 },
    'is compressed in a way that is not known here: pack it as an ordinary .zip.',
  ),
  badEntry('what is not deflated', { packed: Buffer.from('plain text') }, UNTRUE),
  badEntry('a symbolic link', { mode: 0o120777, content: '/etc/passwd' }, LINK),
  badEntry('a FIFO', { mode: 0o010644 }, 'is a FIFO, not a file: hand in a file.'),
  badEntry('a device', { mode: 0o020644 }, 'is a device, not a file: hand in a file.'),
  badEntry(
    'a large source',
    { content: randomBytes(600_000).toString('hex') },
    'is larger than 1 MiB, and is not taken: hand in a smaller file.',
  ),
  badType('a symbolic link', '2', LINK),
  badType('a hard link', '1', 'is a hard link, one of several names of a file: hand in a copy of it.'),
  badType('a FIFO', '6', 'is a FIFO, not a file: hand in a file.'),
  badType('a character device', '3', 'is a device, not a file: hand in a file.'),
  badType('a block device', '4', 'is a device, not a file: hand in a file.'),
  badType('a sparse file', 'S', 'is a sparse file: hand in an ordinary one.'),
  {
    what: 'a link and then a file through it in a tar',
    name: 'ada.tar',
    archive: tarOf([
      { path: '04-syn-rcvd', type: '2', link: '/etc' },
      { path: CLIENT, content: TEXT },
    ]),
    says: [`04-syn-rcvd ${LINK}`],
    stored: ADAS,
  },
  {
    what: 'a path in a pax header',
    name: 'ada.tar',
    archive: tarOf([
      paxOf({ path: '../../x.ts' }),
      { path: CLIENT, content: 'evil' },
      { path: CLIENT, content: TEXT },
    ]),
    says: [`../../x.ts in the archive leads out of its folder: ${AGAIN}`],
    stored: ADAS,
  },
  {
    what: 'a path for everybody in a global pax header',
    name: 'ada.tar',
    archive: tarOf([paxOf({ path: '../../x.ts', comment: 'x' }, 'g'), { path: CLIENT, content: TEXT }]),
    says: [],
    stored: ADAS,
  },
  {
    what: 'NUL in a pax header',
    name: 'ada.tar',
    archive: tarOf([
      paxOf({ path: `${CLIENT}\0.png` }),
      { path: 'x', content: 'evil' },
      { path: CLIENT, content: TEXT },
    ]),
    // The parser ends a path at NUL, as every tar in C does.
    says: [`${CLIENT} is there more than once, and the last one counts: hand in one.`],
    stored: ADAS,
  },
  {
    what: 'a time that is none',
    name: 'ada.tar',
    archive: tarOf([paxOf({ mtime: '99999999999999999' }), { path: CLIENT, content: TEXT }]),
    says: [],
    stored: ADAS,
  },
  {
    what: 'an archive in an archive',
    name: 'ada.zip',
    archive: zipOf([
      { path: CLIENT, content: TEXT },
      { path: '04-syn-rcvd/more.zip', content: zipOf([{ path: 'x.ts' }]) },
    ]),
    says: [],
    stored: ADAS,
  },
  {
    what: 'a packed size beyond the end in a zip',
    name: 'ada.zip',
    archive: zipOf([{ path: CLIENT, content: TEXT, packedSize: 99_999 }]),
    says: [`${CLIENT} is not where the archive says it is: pack it again.`],
    stored: { 'ada/04-syn-rcvd': null },
  },
  refused(
    'a pax header that says another size',
    'ada.tar',
    tarOf([paxOf({ size: '99999999' }), { path: CLIENT, content: TEXT }]),
    BROKEN(''),
  ),
  refused(
    'a pax header of a megabyte',
    'ada.tar',
    tarOf([paxOf({ path: 'x'.repeat(1_000_000) }), { path: CLIENT }]),
    BROKEN('an extended header is too large'),
  ),
  refused(
    'a zip whose entries overlap',
    'ada.zip',
    zipOf([
      { path: CLIENT, content: TEXT },
      { path: '04-syn-rcvd/b.ts', content: TEXT, sharesWith: 0 },
    ]),
    BROKEN('its entries overlap'),
  ),
  refused(
    'a zip that expands a thousandfold',
    'ada.zip',
    zipOf([{ path: CLIENT, content: Buffer.alloc(9_000_000) }]),
    BOMB(''),
  ),
  refused(
    'a zip that says it expands to a terabyte',
    'ada.zip',
    zipOf([{ path: CLIENT, content: TEXT, size: 2 ** 32 - 2 }]),
    BOMB('1 MiB'),
  ),
  refused('a gzip that expands a thousandfold', 'ada.tgz', gzipSync(Buffer.alloc(90_000_000)), BOMB('')),
  refused('a gzip in a gzip', 'ada.tgz', gzipSync(gzipSync(honest)), BROKEN('compressed twice')),
  refused(
    'a gzip that ends too early',
    'ada.tgz',
    gzipSync(honest).subarray(0, 40),
    BROKEN('unexpected end of file'),
  ),
  refused('a tar that ends too early', 'ada.tar', honest.subarray(0, 515), BROKEN('')),
  refused(
    'a zip that ends too early',
    'ada.zip',
    zipOf([{ path: CLIENT, content: TEXT }]).subarray(0, 60),
    BROKEN(''),
  ),
  refused('nothing at all', 'ada.zip', Buffer.alloc(0), BROKEN('')),
  refused('a picture', 'ada.zip', randomBytes(5000), BROKEN('')),
  refused('a zip with too many entries', 'ada.zip', zipOf(lots), TOO_MANY),
  refused('a tar with too many entries', 'ada.tar', tarOf(lots), TOO_MANY),
  refused('an archive of 65 MiB', 'ada.tar', Buffer.alloc(65 * 1024 * 1024), BOMB('64 MiB')),
  refused(
    'a zip in which everything is encrypted strongly',
    'ada.zip',
    zipOf([{ path: CLIENT, flags: 0x41 }]),
    BROKEN('strong encryption is not supported'),
  ),
];

describe('archives', () => {
  test.each(cases)('$what', async ({ name, archive, says, stored }) => {
    using place = new Place({ [name]: archive, 'bob/04-syn-rcvd/client.ts': TEXT });
    const report = await place.intake();
    const said = sentences(report, 'ada');
    expect(said).toHaveLength(says.length);
    for (const [n, sentence] of says.entries()) {
      // Where a parser or the packed size has the word, only what is around it is ours.
      const [before = '', after = ''] = sentence.split(/\(\)|more than ,/);
      expect(said[n]).toContain(before);
      expect(said[n]).toContain(after);
    }
    expect(place.stored()).toEqual({ ...stored, ...BOBS });
    expect(sentences(report, 'bob')).toEqual([]);
  });
});

test('whatever an archive is made of, it ends nothing and leaves the store to files below its student', async () => {
  const entry = fc.record({
    path: fc.constantFrom(
      CLIENT,
      '../bob/04-syn-rcvd/client.ts',
      '/etc/x',
      'a/04-syn-rcvd/x.ts',
      '04-syn-rcvd',
      '.',
    ),
    content: fc.string(),
    type: fc.constantFrom('0', '1', '2', '5', 'x', 'g', 'L', 'K', 'S', 'V'),
    method: fc.constantFrom(0, 8),
  });
  const damage = fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), byte: fc.nat(255) }),
    {
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 5 }),
      damage,
      fc.boolean(),
      async (entries, damages, isZip) => {
        const archive = isZip ? zipOf(entries) : tarOf(entries);
        for (const { at, byte } of damages) archive[Math.floor(at * archive.length)] = byte;
        using place = new Place({ 'ada.zip': archive, 'bob/04-syn-rcvd/client.ts': TEXT });
        const report = await place.intake();
        expect(report.submissions).toHaveLength(2);
        expect(place.stored()).toMatchObject(BOBS);
        const theirs = Object.keys(place.stored()).filter(
          (path) => !/^(ada$|ada\/\d\d-|bob\/04-syn-rcvd\/client.ts$)/.test(path),
        );
        expect(theirs).toEqual([]);
        expect(await place.intake()).toEqual(report);
      },
    ),
    { numRuns: 300 },
  );
});
