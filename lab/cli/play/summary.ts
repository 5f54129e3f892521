import { wrap } from '../../report/columns.ts';
import { tcpSummary } from '../../report/tcp-summary.ts';
import type { PlayedProgram, PlayResult } from './run.ts';

const WIDTH = 100;

/** What to say below the timeline: why the play ended, what became of the programs and gates, what was on the wire, and what to try. */
export function summary({ ending, programs, gates, hints, timeline }: PlayResult): string[] {
  return [
    ...programs.map((program) => `  ${program.host.padEnd(6)}  ${program.file}: ${fate(program)}`),
    ...gates.map(
      ({ host, gate, open, dropped }) =>
        `  ${host.padEnd(6)}  gate ${gate}: dropped ${dropped === 1 ? '1 segment' : `${dropped} segments`}` +
        `${open ? '' : ', still closed'}`,
    ),
    ...tcpSummary(timeline).map((line, n) => `  ${(n === 0 ? 'wire' : '').padEnd(6)}  ${line}`),
    '',
    ...wrap(`After ${(ending.atMs / 1000).toFixed(1)} s: ${sentence(ending.text)}`, WIDTH),
    ...hints.flatMap((hint) => wrap(`Hint: ${sentence(hint)}`, WIDTH)),
  ];
}

function fate({ exit, stopped }: PlayedProgram): string {
  if (exit === null) return 'still running';
  const how = exit.signal ?? `exit code ${exit.code}`;
  return stopped ? `stopped at the end (${how})` : how;
}

function sentence(text: string): string {
  return text.endsWith('.') || text.endsWith('?') ? text : `${text}.`;
}
