// What `npm test` runs: every linter, the type checker and the tests, one line each. The last line on stdout is the
// tally, each linter and each test counting one. `test/all.ts biome tsc` runs only those; the soak tests run only so.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Result } from 'execa';
import { IN_NAMESPACES } from '../lab/host/namespaces/enter.ts';
import { prepareEngine } from './docker/support/prepare.ts';
import { add, nothing, readVitest, type Tally, tallyLine } from './house/tally.ts';

const root = join(import.meta.dirname, '..');
const quietly = {
  cwd: root,
  all: true,
  reject: false,
  stdin: 'ignore',
  preferLocal: true,
  localDirectory: root,
  nodePath: process.execPath,
} as const;

/** What came of a step. */
type Taken = { tally: Tally; output: string };

const steps: Record<string, () => Promise<Taken>> = {
  biome: () =>
    lint('biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '--max-diagnostics=none'),
  oxlint: () => lint('oxlint', '--type-aware', '--deny-warnings'),
  tsc: async () => joined(await lint('tsc'), await lint('tsc', '--project', 'lab/dashboard/page')),
  knip: () => lint('knip', '--no-progress', '--no-config-hints'),
  plain: () => vitest([], '--project=plain'),
  kernel: () => vitest(IN_NAMESPACES, '--project=kernel'),
  attacks: () => vitest([], '--project=attacks'),
  docker: () => onEngine(() => vitest([], '--project=docker*')),
  soak: async () => both(await soak('plain'), await onEngine(() => soak('docker'))),
};

/** What runs one after another, and what side by side: tests want the processors for themselves, and the attacks most of all. */
const ORDER = [['biome', 'oxlint', 'tsc', 'knip'], ['plain'], ['kernel'], ['attacks'], ['docker'], ['soak']];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

let total = nothing;
for (const beside of ORDER) {
  const now = beside.filter((name) => (wanted.length > 0 ? wanted.includes(name) : name !== 'soak'));
  // The names first, so that a step that hangs is seen to hang.
  if (now.length > 0) console.log(`${now.join(' and ')} ...`);
  await Promise.all(now.map(takeStep));
}
console.log(tallyLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs one step, and says how it went. */
async function takeStep(name: string): Promise<void> {
  const begun = performance.now();
  const { tally, output } = (await steps[name]?.()) ?? { tally: nothing, output: '' };
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const isSkipped = tally.passed + tally.failed === 0;
  const how = tally.failed > 0 ? 'FAILED' : isSkipped ? 'skipped' : 'ok';
  console.log(`${name.padEnd(12)}${seconds.padStart(6)} s  ${how}  (${tallyLine(tally)})`);
  if (tally.failed > 0 || isSkipped) console.log(`\n${output.trimEnd()}\n`);
  total = add(total, tally);
}

async function lint(tool: string, ...args: string[]) {
  const result = await run([tool, ...args]);
  const tally = { ...nothing, ...(result.exitCode === 0 ? { passed: 1 } : { failed: 1 }) };
  return { tally, output: said(result) };
}

/** Two answers as one. */
function joined(...answers: { tally: Tally; output: string }[]) {
  return {
    tally: answers.map(({ tally }) => tally).reduce(add),
    output: answers.map(({ output }) => output).join('\n'),
  };
}

/** @param place the command that starts vitest in the place where these tests run; none for right here */
async function vitest(place: readonly string[], ...args: string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'tcplab-test-'));
  const file = join(directory, 'vitest.json');
  try {
    const colour = process.stdout.isTTY ? [] : ['--no-color'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const result = await run([...place, 'vitest', 'run', ...reporters, ...colour, ...args]);
    const report = await readFile(file, 'utf8').catch(() => undefined);
    const { tally, complaints } = readVitest(report, result.exitCode);
    return { tally, output: [said(result), ...complaints].join('\n') };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function soak(project: string) {
  return vitest([], '--mode=soak', `--project=${project}`);
}

function both(one: Taken, other: Taken): Taken {
  return { tally: add(one.tally, other.tally), output: [one.output, other.output].join('\n') };
}

/**
 * A step that needs a Docker engine, and an image of this checkout. Where they cannot be had it is skipped, and says why; in CI,
 * which has to provide them, it fails.
 */
async function onEngine(step: () => Promise<Taken>): Promise<Taken> {
  const missing = await prepareEngine();
  if (missing === undefined) return await step();
  const isCi = !['', '0', 'false'].includes(process.env.CI ?? '');
  return { tally: { ...nothing, ...(isCi ? { failed: 1 } : { skipped: 1 }) }, output: missing };
}

/** Runs a command, perhaps of node_modules, to its end, whatever that end is. */
function run([tool = '', ...args]: string[]): Promise<Result<typeof quietly>> {
  return execa(tool, args, quietly);
}

/** All the tool wrote; when it could not even be started, or was killed, the reason why as well. */
function said(result: Result<typeof quietly>): string {
  return result.exitCode === undefined ? `${result.all ?? ''}\n${result.shortMessage}` : result.all;
}
