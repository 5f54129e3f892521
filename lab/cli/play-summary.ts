import type { PlayedProgram, PlayResult } from './play-run.ts';

/** What to say below the timeline: why the play ended, what became of the programs and gates, and what to try. */
export function summary({ ending, programs, gates, hints }: PlayResult): string[] {
  return [
    ...programs.map((program) => `  ${program.host.padEnd(6)}  ${program.file}: ${fate(program)}`),
    ...gates.map(
      ({ host, gate, open, dropped }) =>
        `  ${host.padEnd(6)}  gate ${gate}: dropped ${dropped === 1 ? '1 segment' : `${dropped} segments`}` +
        `${open ? '' : ', still closed'}`,
    ),
    ...hints.map((hint) => `  hint    ${hint}`),
    '',
    `After ${(ending.atMs / 1000).toFixed(1)} s: ${ending.text}${ending.text.endsWith('.') ? '' : '.'}`,
  ];
}

function fate({ exit, stopped }: PlayedProgram): string {
  if (exit === null) return 'still running';
  const how = exit.signal ?? `exit code ${exit.code}`;
  return stopped ? `stopped at the end (${how})` : how;
}
