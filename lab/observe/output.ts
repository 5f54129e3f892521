import type { OutputStream, RunningProgram } from '../host/program.ts';
import type { Recorder } from './recorder.ts';

/** The longest line kept, in characters, and how many characters of one program go into a timeline. */
const LINE_LIMIT = 1_000;
const TOTAL_LIMIT = 64 * 1_024;

/** Notes each line that a program prints, when it is printed; a last line without an end when the program ends. */
export function noteOutput(program: RunningProgram, recorder: Recorder): void {
  const unfinished = { stdout: '', stderr: '' };
  let total = 0;
  const add = (stream: OutputStream, text: string): void => {
    recorder.add({
      kind: 'output',
      atMs: recorder.milliseconds(),
      host: program.host,
      program: program.name,
      stream,
      text: text.slice(0, LINE_LIMIT),
    });
  };
  const note = (stream: OutputStream, line: string): void => {
    if (total > TOTAL_LIMIT) return;
    total += line.length + 1;
    add(stream, total > TOTAL_LIMIT ? '(it prints more; the timeline keeps no more of it)' : line);
  };
  program.onOutput((stream, text) => {
    const lines = (unfinished[stream] + text).split(/\r?\n/);
    unfinished[stream] = (lines.pop() ?? '').slice(0, LINE_LIMIT);
    for (const line of lines) note(stream, line);
  });
  void program.exited.then(() => {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (unfinished[stream] !== '') note(stream, unfinished[stream]);
    }
  });
}
