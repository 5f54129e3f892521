import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderName, studentFiles } from '../../lab/exercise/exercise.ts';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { givenFor, handedIn } from '../../lab/grade/similarity/from-store.ts';
import { type Handed, type Pair, similarity } from '../../lab/grade/similarity/similarity.ts';
import { Place } from './intake-place.ts';

const EXERCISE = '05-two-queues';

const STARTER = `import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const listener = KernelSocket.tcp();
listener.bind(address, Number(port));
// TODO: a short accept queue, and nobody who accepts.
`;

/** One student's way: helpers of her own, a table, a loop. */
const ADA = `${STARTER}
interface Row { readonly state: string; readonly count: number }

/** Counts what there is of each state. */
function countByState(lines: readonly string[]): Row[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [state = 'none'] = line.trim().split(/\\s+/);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => ({ state, count }));
}

// Waits until the queue is as long as it should be.
async function untilFull(length: number): Promise<void> {
  while (listener.queueLength() < length) {
    const rows = countByState(await listener.table());
    if (rows.some(({ count }) => count > length)) throw new Error(\`more than \${length} of them\`);
    await listener.changed();
  }
}

listener.listen(2);
await untilFull(3);
process.on('SIGTERM', () => process.exit(0));
`;

/** Another student's: nothing of hers. */
const BOB = `${STARTER}
const backlog = Math.max(1, Number(process.env.BACKLOG) || 1);
listener.listen(backlog);

class Waiting {
  #seen = 0;
  constructor(private readonly most: number) {}
  get done(): boolean { return this.#seen >= this.most }
  look(): this {
    this.#seen = listener.queueLength();
    return this;
  }
}

const waiting = new Waiting(backlog + 1);
const timer = setInterval(() => {
  if (!waiting.look().done) return;
  clearInterval(timer);
  console.log('full', { backlog, seen: waiting });
}, 20);
try {
  await new Promise((resolve) => process.once('SIGTERM', resolve));
} finally {
  clearInterval(timer);
  listener.close();
}
`;

function pairs(programs: Readonly<Record<string, string>>): Pair[] {
  return similarity(handed(programs), () => [{ path: 'server.ts', text: STARTER }]);
}

function handed(programs: Readonly<Record<string, string>>): Handed[] {
  return Object.entries(programs).map(([student, text]) => ({
    student,
    exercise: EXERCISE,
    files: [{ path: 'server.ts', text }],
  }));
}

/** Every name that is not the language's or the lab's becomes another one. */
function renamed(text: string): string {
  const names = [
    'countByState',
    'untilFull',
    'counts',
    'rows',
    'Row',
    'lines',
    'line',
    'state',
    'count',
    'length',
    'listener',
  ];
  return names.reduce(
    (changed, name, n) => changed.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `v${n}`),
    text,
  );
}

/** The two functions in the other order. */
function reordered(text: string): string {
  const [first, second, third] = ['/** Counts', '// Waits', 'listener.listen(2)'].map((start) =>
    text.indexOf(start),
  );
  return text.slice(0, first) + text.slice(second, third) + text.slice(first, second) + text.slice(third);
}

function recommented(text: string): string {
  const bare = text.replaceAll(/^\s*\/\/.*\n|\/\*\*.*\*\/\n/gm, '').replaceAll(';', '');
  return `/* all\nmy\nown\nwork */\n${bare.replaceAll('\n', ' // honestly\n\n').replaceAll('  ', '\t')}`;
}

describe('a copy is found', () => {
  test.each([
    ['as it is', (text: string) => text],
    ['with other names', renamed],
    ['with other literals', (text: string) => text.replaceAll("'none'", '"nothing"').replaceAll('0', '7')],
    ['with its functions in another order', reordered],
    ['with other comments, lines and spaces', recommented],
    ['with all of that', (text: string) => recommented(reordered(renamed(text)))],
  ])('%s', (_, change) => {
    const copy = change(ADA);
    const found = pairs({ ada: ADA, bob: BOB, cyd: copy });
    expect(found.map(({ students }) => students)).toEqual([['ada', 'cyd']]);
    expect(Math.min(...(found[0]?.shares ?? []))).toBeGreaterThan(0.85);
    expect(found[0]?.hint).toContain('a hint for a person to look at both, never a verdict');
  });

  test('in a longer program: one share is high, and the lines are named', () => {
    const own = `${BOB}\n${ADA.slice(ADA.indexOf('/** Counts'), ADA.indexOf('// Waits'))}`;
    const [found, ...others] = similarity(
      handed({ ada: ADA, bob: own }),
      () => [{ path: 'server.ts', text: STARTER }],
      {
        share: 0.3,
      },
    );
    expect(others).toEqual([]);
    expect(found?.shares[0]).toBeGreaterThan(0.4);
    expect(found?.passages).toHaveLength(1);
    const [passage] = found?.passages ?? [];
    const lineOf = (text: string, part: string): number =>
      text.slice(0, text.indexOf(part)).split('\n').length;
    expect([passage?.first.file, passage?.second.file]).toEqual(['server.ts', 'server.ts']);
    expect(passage?.first.from).toBeLessThanOrEqual(lineOf(ADA, 'function countByState'));
    expect(passage?.second.from).toBeLessThanOrEqual(lineOf(own, 'function countByState'));
    expect(passage?.first.to).toBe(lineOf(ADA, '// Waits') - 2);
  });

  test('in a file of another name', () => {
    const helper = ADA.replace(STARTER, '');
    const submissions: Handed[] = [
      ...handed({ ada: ADA }),
      {
        student: 'cyd',
        exercise: EXERCISE,
        files: [
          { path: 'server.ts', text: STARTER },
          { path: 'lib/mine.js', text: helper },
        ],
      },
    ];
    const [found] = similarity(submissions, () => [{ path: 'server.ts', text: STARTER }]);
    expect(found?.passages.every(({ second }) => second.file === 'lib/mine.js')).toBe(true);
  });
});

describe('what is no copy is not found', () => {
  test('independent programs', () => {
    expect(pairs({ ada: ADA, bob: BOB })).toEqual([]);
  });

  test('the starter, untouched or with a little more', () => {
    expect(pairs({ ada: STARTER, bob: STARTER, cyd: `${STARTER}\nlistener.listen(1);` })).toEqual([]);
  });

  test('code from the README', () => {
    const readme = `# 5\n\nDon't type this:\n\n\`\`\`ts\n${ADA}\`\`\`\n`;
    const found = similarity(handed({ ada: ADA, cyd: ADA }), () => [{ path: 'README.md', text: readme }]);
    expect(found).toEqual([]);
  });

  test('what most of a class has', () => {
    const students = Array.from({ length: 40 }, (_, n) => [`student ${n}`, ADA]);
    expect(pairs(Object.fromEntries(students))).toEqual([]);
    expect(pairs(Object.fromEntries(students.slice(0, 5)))).toHaveLength(10);
  });

  test('another exercise', () => {
    const submissions = handed({ ada: ADA, cyd: ADA }).map((one, n) => ({ ...one, exercise: `0${n}-x` }));
    expect(similarity(submissions, () => [])).toEqual([]);
  });

  test('answers that are no program', () => {
    const files = [{ path: 'answers.json', text: JSON.stringify(Array.from({ length: 200 }, (_, n) => n)) }];
    const submissions = ['ada', 'bob'].map((student) => ({ student, exercise: '28-incident', files }));
    expect(similarity(submissions, givenFor)).toEqual([]);
  });

  test("any two of the course's reference programs", () => {
    const given = EXERCISES.flatMap((exercise) => givenFor(folderName(exercise)));
    const references = new Set(
      EXERCISES.flatMap(({ cast }) =>
        Object.values(cast).flatMap((role) => ('student' in role && !role.answers ? [role.reference] : [])),
      ),
    );
    const all = Object.fromEntries([...references].map((path) => [path, readFileSync(path, 'utf8')]));
    expect(Object.keys(all).length).toBeGreaterThan(20);
    expect(similarity(handed(all), () => given, { share: 0.9 })).toEqual([]);
  });
});

test('the pairs do not depend on the order of the submissions', () => {
  const all = handed({ ada: ADA, bob: BOB, cyd: renamed(ADA), dan: `${BOB}\n${ADA}` });
  const given = (): { path: string; text: string }[] => [{ path: 'server.ts', text: STARTER }];
  const found = similarity(all, given);
  expect(found.length).toBeGreaterThan(2);
  expect(similarity(all.toReversed(), given)).toEqual(found);
});

test('what intake has stored is compared with what the course gives', async () => {
  using place = new Place({
    'ada/05-two-queues/server.ts': ADA,
    'bob/05-two-queues/server.ts': renamed(ADA),
    'cyd/05-two-queues/server.ts': BOB,
    'dan/04-syn-rcvd/client.ts': ADA,
  });
  const found = similarity(handedIn(place.store, await place.intake()), givenFor);
  expect(found.map(({ exercise, students }) => [exercise, ...students])).toEqual([[EXERCISE, 'ada', 'bob']]);
  for (const exercise of EXERCISES)
    expect(givenFor(folderName(exercise)).map(({ path }) => path)).toEqual(
      expect.arrayContaining([...studentFiles(exercise), 'README.md']),
    );
});
