import { writeFileSync } from 'node:fs';
import { ladderText } from '../report/ladder/terminal.ts';
import { tcpSummary } from '../report/tcp-summary.ts';
import { renderText } from '../report/text.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { paintRole } from './paint-role.ts';
import { readRun } from './report/read-run.ts';

const HELP = `
Usage: ./tcplab report RUN [options]

Draws a saved run again: what passed between the hosts, and the states of their sockets. RUN is a folder that play, run or
check has saved with --save, or the timeline.jsonl in it. Needs no Linux. Without an option: the ladder, and everything as text.

  --ladder         only the ladder: segments as arrows, the states beside them, gates and what they dropped
  --absolute       sequence numbers as on the wire, in the ladder and its drawing
  --svg FILE       the ladder as a drawing
  --track FILE     a drawing of each socket as a bar through time, a colour a state
  --diagram FILE   the state diagram of RFC 9293, with the way that each socket went
  --html FILE      everything as one page that loads nothing: drawings, and the evidence in tables
  --markdown FILE  the same as Markdown, with Mermaid diagrams, which GitHub and GitLab draw
  --mermaid        the Mermaid diagrams alone: what passed, and where the sockets went
  --json           one JSON document on standard output, and nothing else: sockets, states and rows of the ladder

Example:

  ./tcplab play servers/echo.ts clients/close.ts --save runs/close
  ./tcplab report runs/close --html close.html
`;

/** What is written to a file, by option. Loaded only where it is wanted. */
const FILES = {
  svg: async () => (await import('../report/ladder/svg.ts')).ladderSvg,
  track: async () => (await import('../report/track/svg.ts')).trackSvg,
  diagram: async () => (await import('../report/walk/diagram.ts')).walkDiagram,
  html: async () => (await import('../report/run/page.ts')).runPage,
  markdown: async () => (await import('../report/run/markdown.ts')).runMarkdown,
} as const;

export const report: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('report', args, {
      ...COMMON,
      absolute: { type: 'boolean', default: false },
      diagram: { type: 'string' },
      html: { type: 'string' },
      ladder: { type: 'boolean', default: false },
      markdown: { type: 'string' },
      mermaid: { type: 'boolean', default: false },
      svg: { type: 'string' },
      track: { type: 'string' },
    });
    const [typed] = positionals;
    if (typed === undefined)
      throw new UsageError(
        'report takes a saved run, such as: ./tcplab report runs/close. To save one: ./tcplab play … --save DIR',
      );
    const timeline = readRun(typed);
    const isAbsolute = values.absolute;
    const written: string[] = [];
    for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
      const file = values[name];
      if (file === undefined) continue;
      const render = await FILES[name]();
      write(`--${name}`, file, render(timeline, { isAbsolute }));
      written.push(file);
    }
    if (values.json) {
      printJson((await import('../report/run/json.ts')).runDocument(timeline));
      return EXIT.passed;
    }
    if (values.mermaid) {
      const { mermaidSequence } = await import('../report/mermaid/sequence.ts');
      const { mermaidStates } = await import('../report/mermaid/states.ts');
      process.stdout.write(`${mermaidSequence(timeline)}\n${mermaidStates(timeline)}`);
    }
    const width = process.stdout.isTTY ? process.stdout.columns : 100;
    const look = { width: Math.min(width, 120), paint: paintRole, isAbsolute };
    const isDefault = written.length === 0 && !values.mermaid;
    if (values.ladder || isDefault) process.stdout.write(ladderText(timeline, look));
    if (isDefault && !values.ladder)
      process.stdout.write(['', renderText(timeline, look), ...tcpSummary(timeline), ''].join('\n'));
    if (written.length > 0) console.log(`Wrote ${written.join(', ')}.`);
    return EXIT.passed;
  },
};

/** @throws UsageError when the file cannot be written. */
function write(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${option} cannot write ${file}: ${reason}`, { cause: error });
  }
}
