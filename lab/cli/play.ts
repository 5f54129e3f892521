import { type Command, EXIT } from './command.ts';
import { liveView } from './live-view.ts';
import { playDocument } from './play/document.ts';
import { isPlayed } from './play/end.ts';
import { PLAY_HELP } from './play/help.ts';
import { type PlayOptions, playOptions } from './play/options.ts';
import { Play } from './play/run.ts';
import { savedSentence, saveRun } from './play/save.ts';
import { summary } from './play/summary.ts';
import { printNow } from './stdout.ts';

export const play: Command = {
  help: PLAY_HELP,
  async run(args) {
    const options = playOptions(args);
    await using run = await Play.open(options);
    const finish = present(run, options);
    // An interruption ends this process at once: what was seen until then is shown and saved all the same.
    const interrupted = (): void => void finish(printNow);
    process.once('exit', interrupted);
    try {
      await run.run();
    } finally {
      process.off('exit', interrupted);
    }
    return finish((text) => process.stdout.write(text)) ? EXIT.passed : EXIT.failed;
  },
};

/** Shows the play while it runs. @returns what ends the show, printing by `print`; it tells whether the play was one. */
function present(run: Play, options: PlayOptions): (print: (text: string) => void) => boolean {
  const view = options.json ? undefined : liveView(run.observation, (line) => console.log(line));
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
