import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const PICTURES = 'lab/dashboard/page/pictures';

/** What the pictures may import that is no file of ours: both run in a browser. */
const FOR_BROWSERS = /^(preact|@preact\/signals)(\/|$)/;

/** The modules that a file needs when it runs: imports of types are none. */
function needs(file: string): string[] {
  const { module, errors } = parseSync(file, readFileSync(join(ROOT, file), 'utf8'));
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const imported = module.staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.length === 0 || entries.some(({ isType }) => !isType) ? [moduleRequest.value] : [],
  );
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
  );
  return [...imported, ...passedOn];
}

/** Every file that is reached from some, and by which way. */
function reached(from: readonly string[]): Map<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>(from.map((file) => [file, [file]]));
  for (const [file, way] of ways)
    for (const need of needs(file).filter((name) => name.startsWith('.'))) {
      const target = relative(ROOT, join(ROOT, dirname(file), need));
      if (!ways.has(target)) ways.set(target, [...way, target]);
    }
  return ways;
}

const files = globSync(`${PICTURES}/*.{ts,tsx}`, { cwd: ROOT });
const ways = reached(files);

test('the pictures reach the codec and the drawings of the lab', () => {
  expect(files.length).toBeGreaterThan(5);
  expect([...ways.keys()]).toEqual(
    expect.arrayContaining([
      'lab/tcp/decode.ts',
      'lab/report/ladder/rows.ts',
      'lab/report/walk/walks.ts',
      'lab/report/track/svg.ts',
    ]),
  );
  expect([...ways.keys()].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('nothing on the way needs Node or koffi: it runs in a browser', () => {
  const foreign = [...ways].flatMap(([file, way]) =>
    needs(file)
      .filter((name) => !name.startsWith('.') && !FOR_BROWSERS.test(name))
      .map((name) => `${name}, by ${way.join(' → ')}`),
  );
  expect(foreign).toEqual([]);
});

test('nothing on the way uses what only Node has without an import', () => {
  const users = [...ways.keys()].filter((file) =>
    /\b(?:Buffer\.|process\.|globalThis\.process|require\(|__dirname|import\.meta\.dirname|setImmediate\()/.test(
      readFileSync(join(ROOT, file), 'utf8'),
    ),
  );
  expect(users).toEqual([]);
});
