import { parseArgs } from 'node:util';
import { runTour, TOUR_JOBS, tourPassed } from '../exercise/tour/tour.ts';
import { type Command, EXIT } from './command.ts';
import { backend, milliseconds, wholeNumber } from './options.ts';
import { TourView } from './tour/view.ts';
import { TRACE_OPTION } from './wanted-trace.ts';

const HELP = `
Usage: ./tcplab tour [--hold MS] [--jobs N] [--json] [--verbose] [--ipv6] [--trace]

Makes this machine's kernel enter, hold and leave all 11 TCP states, with the programs in servers/ and clients/, each on
its own fresh pair of hosts. A state counts only when sock_diag saw it in every look of the hold, ss agrees, and the
segments on the wire are the right reason for it.

  --hold MS    how long each state is held, in milliseconds (250)
  --jobs N     how many programs may be starting at the same time (4)
  --json       one JSON document on standard output, and nothing else
  --verbose    also the segments that led to each state
  --ipv6       over IPv6
  --trace      with --verbose or --json, also what the kernel's tracepoints tell of each socket; for root
  --backend B  where the hosts are made: namespaces (the default where they work), or docker

Exit code 0: all 11 were held and released. 1: some were not.
`;

export const tour: Command = {
  help: HELP,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        backend: { type: 'string' },
        ipv6: { type: 'boolean', default: false },
        hold: { type: 'string', default: '250' },
        jobs: { type: 'string', default: String(TOUR_JOBS) },
        json: { type: 'boolean', default: false },
        trace: TRACE_OPTION,
        verbose: { type: 'boolean', default: false },
      },
    });
    const where = backend(values.backend);
    const holdMs = milliseconds('--hold', values.hold, 600_000);
    const jobs = wholeNumber('--jobs', values.jobs, 1, 64);
    const view = new TourView({ json: values.json, verbose: values.verbose, holdMs });
    const result = await runTour({
      backend: where,
      ipv6: values.ipv6,
      holdMs,
      jobs,
      reached: (stage, phase) => view.reached(stage.state, phase),
      finished: (run) => view.finished(run.result),
    });
    view.done(result);
    return tourPassed(result) ? EXIT.passed : EXIT.failed;
  },
};
