import { describe, expect, test } from 'vitest';
import type { Check, Finding, Result } from '../../lab/cli/doctor/check.ts';
import { distributionOf } from '../../lab/cli/doctor/distribution.ts';
import { documentOf } from '../../lab/cli/doctor/document.ts';
import { thisMachine } from '../../lab/cli/doctor/machine.ts';
import { report } from '../../lab/cli/doctor/report.ts';

const MACHINE = {
  ...thisMachine(),
  distribution: distributionOf('ID=debian'),
  sudo: 'sudo ',
  updateFirst: false,
};

function result(title: string, group: Check['group'], finding: Finding): Result {
  return { check: { id: title, title, group, run: async () => finding }, finding };
}

const NODE = result('Node', 'Machine, Node and packages', { status: 'works', detail: '24.12.0' });
const SS = result('ss', 'Tools', {
  status: 'missing',
  detail: 'not installed',
  disables: 'The line of ss.',
  remedy: [{ run: 'sudo apt-get install iproute2' }],
  install: ['ss'],
});
const RAW = result('raw-socket', 'Machine, Node and packages', {
  status: 'missing',
  detail: 'is not compiled',
  disables: 'Raw programs.',
  remedy: [{ run: 'sudo apt-get install g++' }, 'The launcher compiles it:', { run: './tcplab doctor' }],
  install: ['g++'],
  afterwards: ['The launcher compiles it:', { run: './tcplab doctor' }],
});
const NAMESPACES = result('namespaces', 'Namespaces', {
  status: 'broken',
  detail: 'user.max_user_namespaces is 0',
  disables: 'Hosts.',
  remedy: ['Now:', { run: 'sysctl 1' }, 'For good:', { run: 'sysctl 2' }],
});
const TRACE = result('tracefs', 'Grading, Docker, third witness', {
  status: 'optional',
  detail: 'for root only',
});
const WAITING = ['link', 'gates'].map((title) =>
  result(title, 'Kernel, tried inside the lab', { status: 'untried', detail: 'namespaces first' }),
);

describe('the report', () => {
  test('when the tour can run', () => {
    expect(report([NODE, TRACE], MACHINE, ['namespaces'])).toBe(
      `Machine, Node and packages
  ✔ Node     24.12.0

Grading, Docker, third witness
  – tracefs  for root only

Everything the tour needs works.`,
    );
  });

  test('when it can run in containers alone, that is said, and what works may still be tidied up', () => {
    const docker = result('Docker', 'Grading, Docker, third witness', {
      status: 'works',
      detail: 'engine 28.2.2',
      remedy: [{ run: './tcplab doctor --fix' }],
    });
    expect(report([docker], MACHINE, ['docker'])).toBe(
      `Grading, Docker, third witness
  ✔ Docker  engine 28.2.2
        ./tcplab doctor --fix

Everything the tour needs works, with hosts in containers: --backend docker.`,
    );
  });

  test('when several things stop it: packages first and in one command, then the rest in order', () => {
    expect(report([NODE, RAW, SS, NAMESPACES, ...WAITING, TRACE], MACHINE, [])).toBe(
      `Machine, Node and packages
  ✔ Node        24.12.0
  ✘ raw-socket  is not compiled
      Without it: Raw programs.
        sudo apt-get install g++
      The launcher compiles it:
        ./tcplab doctor

Tools
  ✘ ss          not installed
      Without it: The line of ss.
        sudo apt-get install iproute2

Namespaces
  ✘ namespaces  user.max_user_namespaces is 0
      Without it: Hosts.
      Now:
        sysctl 1
      For good:
        sysctl 2

Kernel, tried inside the lab
  · not tried, namespaces first: link, gates

Grading, Docker, third witness
  – tracefs     for root only

3 things stop the tour; fix them in this order:
  1. g++ and ss: sudo apt-get install g++ iproute2
  2. raw-socket: ./tcplab doctor
  3. namespaces: do what the ✘ above says
Then ask again: 2 checks had to wait for that.`,
    );
  });

  test('what one command mends is one thing to do', () => {
    const koffi = result('koffi', 'Machine, Node and packages', {
      status: 'missing',
      detail: 'not installed',
      disables: 'Everything.',
      remedy: [{ run: './tcplab doctor' }],
    });
    expect(report([koffi, RAW], MACHINE, []).split('\n').slice(-3)).toEqual([
      '2 things stop the tour; fix them in this order:',
      '  1. g++: sudo apt-get install g++',
      '  2. koffi and raw-socket: ./tcplab doctor',
    ]);
  });

  test.each([
    [SS, 'One thing stops the tour: ss. Fix it with: sudo apt-get install iproute2'],
    [NAMESPACES, 'One thing stops the tour: namespaces. Do what the ✘ above says.'],
  ])('when one thing stops it', (problem, sentence) => {
    expect(report([NODE, problem], MACHINE, []).split('\n').at(-1)).toBe(sentence);
  });
});

test('the document has what was tried, and apart from it what was not', () => {
  expect(documentOf([NODE, NAMESPACES, ...WAITING, TRACE], [])).toEqual({
    schema: 'tcplab/doctor/1',
    ready: false,
    backends: [],
    checks: [
      { id: 'Node', title: 'Node', group: 'Machine, Node and packages', status: 'works', detail: '24.12.0' },
      {
        id: 'namespaces',
        title: 'namespaces',
        group: 'Namespaces',
        status: 'broken',
        detail: 'user.max_user_namespaces is 0',
        disables: 'Hosts.',
        remedy: 'Now:\n  sysctl 1\nFor good:\n  sysctl 2',
      },
      {
        id: 'tracefs',
        title: 'tracefs',
        group: 'Grading, Docker, third witness',
        status: 'optional',
        detail: 'for root only',
      },
    ],
    untried: [
      { id: 'link', title: 'link', detail: 'namespaces first' },
      { id: 'gates', title: 'gates', detail: 'namespaces first' },
    ],
  });
  expect(documentOf([NODE, TRACE], ['namespaces']).ready).toBe(true);
});
