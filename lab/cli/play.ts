import type { Role } from '../report/text-lines.ts';
import { TextLines } from '../report/text-lines.ts';
import { type Command, EXIT } from './command.ts';
import { type Colour, paint } from './paint.ts';
import { playDocument } from './play/document.ts';
import { isPlayed } from './play/end.ts';
import { PLAY_HELP } from './play/help.ts';
import { type PlayOptions, playOptions } from './play/options.ts';
import { Play } from './play/run.ts';
import { savedSentence, saveRun } from './play/save.ts';
import { summary } from './play/summary.ts';
import { LiveView } from './play/view.ts';
import { printNow } from './stdout.ts';

export const play: Command = {
  help: PLAY_HELP,
  async run(args) {
    const options = playOptions(args);
    await using run = new Play(options);
    const finish = present(run, options);
    // An interruption ends this process at once: what was seen until then is shown and saved all the same.
    const interrupted = (): void => void finish(printNow);
    process.once('exit', interrupted);
    await run.run();
    process.off('exit', interrupted);
    return finish((text) => process.stdout.write(text)) ? EXIT.passed : EXIT.failed;
  },
};

/** Shows the play while it runs. @returns what ends the show, printing by `print`; it tells whether the play was one. */
function present(run: Play, options: PlayOptions): (print: (text: string) => void) => boolean {
  const view = options.json ? undefined : liveView(run);
  return (print) => {
    view?.finish();
    const result = run.result();
    if (options.save !== undefined) saveRun(options.save, result.timeline);
    const saved = options.save === undefined ? [] : [savedSentence(options.save)];
    const lines = options.json
      ? [JSON.stringify(playDocument(options.backend, result), null, 2)]
      : ['', ...summary(result), ...saved];
    print(lines.map((line) => `${line}\n`).join(''));
    return isPlayed(result.ending.reason);
  };
}

function liveView(run: Play): LiveView {
  const columns = process.stdout.isTTY ? process.stdout.columns : 100;
  const { hosts, trace } = run.observation.timeline().header;
  const lines = new TextLines(hosts, {
    traced: trace !== undefined,
    width: Math.min(Math.max(columns, 80), 120),
    paint: (role, text) => (COLOURS[role] === undefined ? text : paint(COLOURS[role], text)),
  });
  const view = new LiveView(lines, run.observation.recorder, (line) => console.log(line));
  run.onEvent((event) => view.see(event));
  return view;
}

const COLOURS: Readonly<Partial<Record<Role, Colour>>> = {
  heading: 'bold',
  state: 'bold',
  reset: 'red',
  gate: 'yellow',
  program: 'cyan',
  stdout: 'green',
  stderr: 'red',
  note: 'dim',
};
