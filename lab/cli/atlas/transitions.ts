import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { provocations } from '../../atlas/catalog.ts';
import { VERDICTS } from '../../atlas/finding.ts';
import type { EdgeResult } from '../../atlas/provoke.ts';
import { type AtlasResult, isSettled, runAtlas } from '../../atlas/run-atlas.ts';
import type { Backend } from '../../host/backend.ts';
import { atlasDiagram } from '../../report/atlas-diagram.ts';
import { atlasPage } from '../../report/atlas-page.ts';
import { atlasDetail, atlasRow } from '../../report/atlas-text.ts';
import { printJson } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { paint } from '../paint.ts';

export interface TransitionsOptions {
  readonly backend: Backend;
  readonly ipv6: boolean;
  readonly json: boolean;
  readonly jobs: number;
  readonly slow: boolean;
  readonly verbose: boolean;
  readonly svg: string | undefined;
  readonly html: string | undefined;
}

/** `./tcplab atlas`: every transition, settled. @returns the exit code. */
export async function atlasTransitions(options: TransitionsOptions): Promise<number> {
  const files = [options.svg, options.html].filter((file) => file !== undefined);
  for (const file of files) checkWritable(file);
  const all = provocations({ slow: options.slow });
  const result = await runAtlas(all, { ...options, finished: inOrder((row) => show(row, options)) });
  if (options.json) printJson(result);
  else console.log(`\n${summary(result)}`);
  if (options.svg !== undefined) writeFileSync(options.svg, atlasDiagram(result));
  if (options.html !== undefined) writeFileSync(options.html, atlasPage(result));
  for (const file of files) console.error(`${file} is written.`);
  return isSettled(result) ? EXIT.passed : EXIT.failed;
}

/** Passes results on in the order of the provocations: those that come early wait for the ones before them. */
function inOrder(tell: (result: EdgeResult) => void): (result: EdgeResult, n: number) => void {
  const waiting = new Map<number, EdgeResult>();
  let next = 0;
  return (result, n) => {
    waiting.set(n, result);
    for (let row = waiting.get(next); row !== undefined; row = waiting.get(next)) {
      tell(row);
      next += 1;
    }
  };
}

function show(result: EdgeResult, { json, verbose }: TransitionsOptions): void {
  const print = json ? console.error : console.log;
  print(painted(result));
  for (const line of atlasDetail(result, verbose)) print(json ? line : paint('dim', line));
}

function painted(result: EdgeResult): string {
  const row = atlasRow(result);
  if (result.verdict === 'observed') return row;
  return paint(result.verdict === 'unsettled' ? 'red' : 'yellow', row);
}

/** A place that cannot be written is said before the work, and not after it. @throws UsageError. */
function checkWritable(file: string): void {
  try {
    accessSync(existsSync(file) ? file : dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

function summary({ transitions, elapsedMs, kernel }: AtlasResult): string {
  const counts = VERDICTS.flatMap((verdict) => {
    const n = transitions.filter((result) => result.verdict === verdict).length;
    return n === 0 ? [] : [`${n} ${verdict}`];
  });
  return `${transitions.length} transitions in ${(elapsedMs / 1_000).toFixed(1)} s, Linux ${kernel}: ${counts.join(', ')}.`;
}
