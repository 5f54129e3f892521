import { release } from 'node:os';
import { resolve } from 'node:path';
import { folderCast } from '../exercise/casting.ts';
import { perform } from '../exercise/perform.ts';
import type { ProgramEvent, TimelineData } from '../observe/timeline.ts';
import { eventToJson } from '../report/event-json.ts';
import { tcpSummary } from '../report/tcp-summary.ts';
import { mustBeStarted } from '../workspace/folder.ts';
import { exerciseWork } from '../workspace/place.ts';
import { ownProgress, recordRun, unspoilt } from '../workspace/record.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { liveView } from './live-view.ts';
import { backend } from './options.ts';
import { checkFree, savedSentence, saveRun } from './play/save.ts';
import type { LiveView } from './play/view.ts';

const HELP = `
Usage: ./tcplab run N [--save DIR] [--seed WORD] [--ipv6] [--json]

Runs your programs of exercise N as a check does, and shows every socket, segment and gate while it happens. Nothing is
judged. Sockets are printed at the host that has them, segments as arrows between the two.

  --save DIR   also writes DIR/timeline.jsonl and DIR/capture.pcapng (for Wireshark)
  --seed WORD  other ports, addresses and counts than yours
  --ipv6       over IPv6
  --json       one JSON document on standard output at the end, and nothing else
  --backend B  where the hosts are made: namespaces (the default where they work), or docker
`;

export const run: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('run', args, {
      ...COMMON,
      ipv6: { type: 'boolean', default: false },
      save: { type: 'string' },
      seed: { type: 'string' },
    });
    const exercise = wantedExercise(positionals);
    mustBeStarted(exercise);
    const where = backend(values.backend);
    if (values.save !== undefined) checkFree(values.save);
    const { seed } = await ownProgress();
    const { number, slug } = exercise;
    let view: LiveView | undefined;
    const played = await perform(exercise, {
      seed: values.seed ?? seed,
      backend: where,
      ipv6: values.ipv6,
      cast: folderCast(exercise, exerciseWork(exercise)),
      watch: (observation) => {
        if (!values.json) view = liveView(observation, (line) => console.log(line));
      },
    });
    view?.finish();
    await unspoilt(() => recordRun(exercise, played));
    const { timeline, trouble } = played;
    if (values.save !== undefined) saveRun(resolve(values.save), timeline);
    if (values.json)
      printJson({
        schema: 'tcplab/run/1',
        exercise: { number, slug },
        kernel: release(),
        backend: where,
        seed: played.plan.seed,
        header: timeline.header,
        events: timeline.events.map(eventToJson),
        ...(trouble === undefined ? {} : { trouble }),
      });
    else
      console.log(
        [
          '',
          ...tcpSummary(timeline),
          ...endings(timeline),
          ...(values.save === undefined ? [] : [savedSentence(values.save)]),
          trouble === undefined
            ? `Nothing was judged. For that: ./tcplab check ${number}`
            : `The lab could not go on: ${trouble}`,
        ].join('\n'),
      );
    return trouble === undefined ? EXIT.passed : EXIT.broken;
  },
};

/** What became of the programs that ended by themselves. */
function endings({ events }: TimelineData): string[] {
  return events
    .filter((event): event is ProgramEvent => event.kind === 'program' && event.because !== undefined)
    .map(({ because, advice }) => `${because}.${advice === undefined ? '' : ` ${advice}`}`);
}
