import { release } from 'node:os';
import { parseArgs } from 'node:util';
import type { Backend } from '../host/backend.ts';
import { benchDocker } from './bench/docker.ts';
import { benchGrade } from './bench/grade.ts';
import { benchGradeMemory } from './bench/grade-memory.ts';
import { benchHalfOpen } from './bench/half-open.ts';
import type { Benchmark, Figure } from './bench/measure.ts';
import { benchObserve } from './bench/observe.ts';
import { isMeasuredOutside } from './bench/outside.ts';
import { benchReferences } from './bench/references.ts';
import { benchRepeat } from './bench/repeat.ts';
import { benchStates } from './bench/states.ts';
import { benchSlowSuite, benchSuite } from './bench/suite.ts';
import { benchUi } from './bench/ui.ts';
import { benchVerdict } from './bench/verdict.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { backend, wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab bench [NAME …] [--runs N] [--backend B] [--json]

Measures the lab as ratios against what is measured beside it in the same run. Without names: states, half-open,
observe, suite, verdict; on Docker: docker, suite.

  states      eleven states with --hold 0, divided by the bare start of as many Node programs
  half-open   10,000 connections held in SYN_RCVD for 10 s; its SYNs a second beside hping3 --flood
  observe     sock_diag dumps a second with 0, 1,000 and 10,000 sockets, beside spawned ss
  suite       the reference programs of all exercises, side by side
  suite-slow  the same with the slow parts of those that have one (a minute and a half)
  verdict     from a save to the verdict in watch, beside the bare start of as many programs
  references  the reference programs 20 times in a row on busy processors (some minutes)
  repeat      the tour 50 times in a row and 20 times on busy processors (some minutes)
  docker      exercise 4 on Docker beside the same in namespaces, and where the time goes (three quarters of a minute)
  grade       200 submissions of exercise 4 beside bare pairs of sandboxed programs; two workers beside one (four minutes)
  ui          the live page in a browser: from the kernel's change to the pixel, and 10,000 segments (a minute)
  grade-memory  the memory of the grader while it judges 1,000 submissions (some minutes)

  --runs N     pairs measured for states (9)
  --backend B  where the hosts are made: namespaces, or docker, on which suite and references can be measured
  --json       one JSON document on standard output

Exit code 0: every figure is within its limit. 1: some are not.
`;

interface Options {
  readonly runs: number;
  readonly backend: Backend;
  readonly told: (line: string) => void;
}

type Measure = (options: Options) => Promise<Benchmark>;

const BENCHMARKS: Readonly<Record<string, Measure>> = {
  states: ({ runs }) => benchStates(runs),
  'half-open': () => benchHalfOpen(),
  observe: () => benchObserve(),
  suite: ({ backend }) => benchSuite(backend),
  'suite-slow': () => benchSlowSuite(),
  verdict: ({ told }) => benchVerdict(told),
  references: ({ backend, told }) => benchReferences(backend, told),
  repeat: ({ told }) => benchRepeat(told),
  docker: ({ told }) => benchDocker(told),
  grade: ({ told }) => benchGrade(told),
  'grade-memory': ({ told }) => benchGradeMemory(told),
  ui: ({ told }) => benchUi(told),
};

/** What is measured when nothing is named. */
const USUAL: Readonly<Record<Backend, readonly string[]>> = {
  namespaces: ['states', 'half-open', 'observe', 'suite', 'verdict'],
  docker: ['docker', 'suite'],
};

/** What can be measured with hosts in containers; `docker` starts both kinds by itself, outside of the lab's namespaces. */
const ON_DOCKER = ['docker', 'suite', 'references'];

export const bench: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        backend: { type: 'string' },
        json: { type: 'boolean', default: false },
        runs: { type: 'string', default: '9' },
      },
    });
    const runs = wholeNumber('--runs', values.runs, 1, 1_000);
    const where = positionals.includes('docker') ? 'docker' : backend(values.backend);
    const names = positionals.length === 0 ? USUAL[where] : positionals;
    const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
    if (unknown !== undefined) {
      throw new UsageError(`no benchmark "${unknown}". They are: ${Object.keys(BENCHMARKS).join(', ')}`);
    }
    if (names.some(isMeasuredOutside) && !names.every(isMeasuredOutside))
      throw new UsageError(
        `${names.filter(isMeasuredOutside).join(' and ')} cannot be measured together with others`,
      );
    const elsewhere = names.find((name) => where === 'docker' && !ON_DOCKER.includes(name));
    if (elsewhere !== undefined) {
      throw new UsageError(
        `bench ${elsewhere} is measured in namespaces alone. On Docker there are: ${ON_DOCKER.join(', ')}`,
      );
    }
    const done: Benchmark[] = [];
    for (const name of names) {
      console.error(`measuring ${name} …`);
      const told = (line: string): void => console.error(`  ${line}`);
      const benchmark = await (BENCHMARKS[name] as Measure)({ runs, backend: where, told });
      done.push(benchmark);
      if (!values.json) console.log(table(benchmark));
    }
    if (values.json) {
      console.log(JSON.stringify({ schema: 'tcplab/bench/1', kernel: release(), benchmarks: done }, null, 2));
    }
    return done.every(({ figures }) => figures.every(({ within }) => within !== false))
      ? EXIT.passed
      : EXIT.failed;
  },
};

function table({ name, what, figures, notes }: Benchmark): string {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  const lines = figures.map(
    (figure) => `  ${figure.name.padEnd(width)}  ${number(figure).padStart(12)}  ${verdict(figure)}`,
  );
  return [
    `${name}: ${what}`,
    ...lines.map((line) => line.trimEnd()),
    ...notes.map((note) => `  (${note})`),
    '',
  ].join('\n');
}

function number({ value, unit }: Figure): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
}

function verdict({ limit, within }: Figure): string {
  return limit === undefined ? '' : `${within === true ? '✔' : '✘'} ${limit}`;
}
