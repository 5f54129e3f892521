import { surveyJson } from '../report/survey-json.ts';
import { surveyLines } from '../report/survey-text.ts';
import { ObserveError } from '../survey/observe-error.ts';
import { Surveyor } from '../survey/surveyor.ts';
import { verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { Beat } from './observe/beat.ts';
import { paintSurvey } from './observe/paint-survey.ts';
import { openScope, type Scope } from './observe/scope.ts';
import { milliseconds, wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab observe [--pid N | --container C] [--port P] [--top | --json] [--interval MS] [--count N]

The TCP sockets that there are now, of any program: how many in each state and with each peer, the queues of each listener, and a
warning, with the reason and what to do next, where a state piles up. Whether something grows is judged over several looks; a limit
that is nearly reached, or a full queue, by one. On a terminal it looks each second and draws the table anew, until q or Ctrl-C;
otherwise it looks once.

  --pid N        the sockets of process N, in the network namespace that it is in
  --container C  the sockets in container C of the Docker engine
  --port P       only sockets whose local or remote port is P
  --top          draws the table anew after each look, also with --count
  --json         one JSON document a line for each look
  --count N      looks N times, and prints each; without it once with --json, or for ever with --interval
  --interval MS  from one look to the next, in milliseconds (1000)

It needs no root for what this machine's network stack has. Which process holds a socket of another user only root can see.
`;

export const observe: Command = {
  help: HELP,
  async run(args) {
    const { values } = verbArguments(
      'observe',
      args,
      {
        container: { type: 'string' },
        count: { type: 'string' },
        interval: { type: 'string' },
        json: { type: 'boolean', default: false },
        pid: { type: 'string' },
        port: { type: 'string' },
        top: { type: 'boolean', default: false },
      },
      0,
    );
    const { json, interval, container } = values;
    const pid = values.pid === undefined ? undefined : wholeNumber('--pid', values.pid, 1, 0x7fff_ffff);
    const port = values.port === undefined ? undefined : wholeNumber('--port', values.port, 1, 65_535);
    const count = values.count === undefined ? undefined : wholeNumber('--count', values.count, 1, 1e9);
    const intervalMs = interval === undefined ? 1_000 : milliseconds('--interval', interval);
    if (intervalMs < 1) throw new UsageError('--interval takes at least 1');
    if (pid !== undefined && container !== undefined)
      throw new UsageError('--pid and --container exclude each other: --pid finds the namespace by itself');
    if (values.top && json) throw new UsageError('--top and --json exclude each other');
    if (values.top && !process.stdout.isTTY)
      throw new UsageError('--top needs a terminal. Without one: --count 5, or --json --count 5');
    const top =
      values.top || (process.stdout.isTTY && !json && count === undefined && interval === undefined);
    await using scope = await openScope({ pid, container, port });
    const { viewpoint, process: of } = scope;
    const surveyor = new Surveyor(viewpoint, {
      ...(port === undefined ? {} : { port }),
      ...(of === undefined ? {} : { process: of }),
    });
    const looks = count ?? (top || interval !== undefined ? Number.POSITIVE_INFINITY : 1);
    if (top) return await (await import('./observe/top.ts')).runTop(surveyor, scope, { looks, intervalMs });
    return await print(surveyor, scope, { looks, intervalMs, json });
  },
};

async function print(
  surveyor: Surveyor,
  { title, place }: Scope,
  { looks, intervalMs, json }: { looks: number; intervalMs: number; json: boolean },
): Promise<number> {
  const width = process.stdout.isTTY ? Math.max(process.stdout.columns, 40) : 120;
  using beat = new Beat(intervalMs);
  for (let n = 1; n <= looks; n += 1) {
    if (n > 1) await beat.next();
    try {
      const survey = await surveyor.next();
      if (json) console.log(surveyJson(survey, place));
      else {
        if (n > 1) console.log('');
        console.log(surveyLines(survey, { title, width, paint: paintSurvey }).join('\n'));
      }
    } catch (error) {
      if (n === 1 || !(error instanceof ObserveError && error.code === 'absent')) throw error;
      console.error(`tcplab: ${error.message}.`);
      return EXIT.passed;
    }
  }
  return EXIT.passed;
}
