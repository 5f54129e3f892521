import { describe, expect, test } from 'vitest';
import { PARTS, whereTimeGoes } from '../../lab/cli/bench/where-time-goes.ts';
import type { Span } from '../../lab/host/docker/phases.ts';
import { tcplab } from '../support/tcplab.ts';

function span(phase: Span['phase'], beganMs: number, endedMs: number): Span {
  return { phase, beganMs, endedMs };
}

describe('where the time of a command on Docker goes', () => {
  // Two hosts, of which one is behind.
  const spans = [
    span('engine', 100, 110),
    span('network', 110, 150),
    span('create', 150, 170),
    span('create', 150, 190),
    span('start', 170, 400),
    span('start', 190, 450),
    span('observers', 400, 500),
    span('observers', 450, 600),
    span('hello', 500, 560),
    span('hello', 600, 650),
    span('prepare', 560, 570),
    span('prepare', 650, 660),
    span('end', 3_660, 3_900),
  ];

  test('a moment is of what is furthest behind', () => {
    expect(whereTimeGoes(spans, 4_000)).toEqual({
      command: 100,
      engine: 10,
      network: 40,
      create: 40,
      start: 260,
      observers: 150,
      hello: 50,
      prepare: 10,
      run: 3_000,
      end: 240,
      verdict: 100,
    });
  });

  test('the parts are the whole', () => {
    const shares = whereTimeGoes(spans, 4_000);
    expect(PARTS.reduce((sum, part) => sum + shares[part], 0)).toBe(4_000);
  });
});

test('what is measured in namespaces alone is not measured on Docker, and that is said in a line', async () => {
  const { stdout, stderr, exitCode } = await tcplab('bench', 'states', '--backend', 'docker');
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'tcplab: bench states is measured in namespaces alone. On Docker there are: docker, suite, references',
  );
  expect(exitCode).toBe(2);
});
