import { surveyLines } from '../../report/survey-text.ts';
import { ObserveError } from '../../survey/observe-error.ts';
import type { HeldSurvey, Surveyor } from '../../survey/surveyor.ts';
import { EXIT } from '../command.ts';
import { printNow } from '../stdout.ts';
import { guardTerminal } from '../watch/guard-terminal.ts';
import { Beat } from './beat.ts';
import { paintSurvey } from './paint-survey.ts';
import type { Scope } from './scope.ts';

/** The alternate screen, and no cursor; and back. xterm's control sequences, ?1049 and ?25. */
const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const END_OF_LINE = '\x1b[K';
const END_OF_SCREEN = '\x1b[J';
const CTRL_C = '\x03';
const CTRL_D = '\x04';

/** Where a terminal does not say how large it is, or says 0. */
const USUAL = { columns: 80, rows: 24 };

/** Looks, and draws each look over the one before, until q or Ctrl-C, or for so many looks. The screen is then as it was. */
export async function runTop(
  surveyor: Surveyor,
  { title }: Scope,
  { looks, intervalMs }: { readonly looks: number; readonly intervalMs: number },
): Promise<number> {
  const { stdin, stdout } = process;
  const restore = guardTerminal();
  const over = Promise.withResolvers<number>();
  let latest: HeldSurvey | undefined;
  const draw = (): void => {
    if (latest !== undefined) stdout.write(screen(latest, title));
  };
  const leave = (): void => {
    if (stdin.isTTY) stdin.setRawMode(false);
    printNow(LEAVE);
  };
  process.once('exit', leave);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => over.resolve(EXIT.interrupted));
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.setEncoding('utf8').on('data', (typed: string) => {
      if (typed === 'q' || typed === 'Q') over.resolve(EXIT.passed);
      if (typed.includes(CTRL_C) || typed.includes(CTRL_D)) over.resolve(EXIT.interrupted);
    });
  }
  stdout.write(ENTER);
  stdout.on('resize', draw);
  using beat = new Beat(intervalMs);
  const work = async (): Promise<number> => {
    for (let n = 1; n <= looks; n += 1) {
      if (n > 1 && !(await beat.next())) break;
      latest = await surveyor.next();
      draw();
    }
    return EXIT.passed;
  };
  let said = '';
  try {
    return await Promise.race([over.promise, work()]);
  } catch (error) {
    if (latest === undefined || !(error instanceof ObserveError && error.code === 'absent')) throw error;
    said = `tcplab: ${error.message}.`;
    return EXIT.passed;
  } finally {
    stdout.off('resize', draw);
    process.off('exit', leave);
    leave();
    if (stdin.isTTY) stdin.pause();
    await restore();
    if (said !== '') console.error(said);
  }
}

function screen(survey: HeldSurvey, title: string): string {
  const columns = process.stdout.columns || USUAL.columns;
  const rows = process.stdout.rows || USUAL.rows;
  const lines = surveyLines(survey, {
    title: `${title} (q to leave)`,
    width: Math.max(columns, 20),
    // The last column and row stay empty, so that no terminal scrolls.
    rows: Math.max(rows - 1, 3),
    paint: paintSurvey,
  });
  return HOME + lines.map((line) => `${line}${END_OF_LINE}\n`).join('') + END_OF_SCREEN;
}
