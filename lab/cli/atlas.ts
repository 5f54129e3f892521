import { COMMON, verbArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { backend, wholeNumber } from './options.ts';
import { TRACE_OPTION } from './wanted-trace.ts';

const HELP = `
Usage: ./tcplab atlas [--slow] [--ipv6] [--svg FILE] [--html FILE] [--jobs N] [--json] [--verbose] [--trace]
       ./tcplab atlas --events [--ipv6] [--json]

Makes this machine's kernel take every transition of RFC 9293 figure 5, and every way out of a state that an RST is, each on
its own fresh pair of hosts, with the programs in servers/ and clients/. A transition is observed when sock_diag, ss, and the
segments on the wire agree on it; one that the sockets API does not offer, or that Linux takes otherwise, is shown to be so.

  --slow       waits the 60 s until the kernel's own timer ends TIME_WAIT; without it, that one stays pending
  --svg FILE   draws the state diagram, each transition with its verdict
  --html FILE  the same as a page, with the evidence of each transition
  --events     instead: what this kernel answers to every kind of segment in every state
  --ipv6       over IPv6
  --jobs N     how many pairs of hosts may be busy at the same time (8)
  --json       one JSON document on standard output, and nothing else
  --verbose    also the evidence of each transition
  --trace      also what the kernel's tracepoints tell of each transition; for root
  --backend B  where the hosts are made: namespaces (the default where they work), or docker

Exit code 0: every transition was settled. 1: some were not shown; the table says why.
`;

export const atlas: Command = {
  help: HELP,
  async run(args) {
    const { values } = verbArguments(
      'atlas',
      args,
      {
        ...COMMON,
        events: { type: 'boolean', default: false },
        html: { type: 'string' },
        ipv6: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '8' },
        slow: { type: 'boolean', default: false },
        svg: { type: 'string' },
        trace: TRACE_OPTION,
        verbose: { type: 'boolean', default: false },
      },
      0,
    );
    const { json, ipv6 } = values;
    const where = backend(values.backend);
    if (values.events)
      return await (await import('./atlas/events.ts')).atlasEvents({ backend: where, ipv6, json });
    const { atlasTransitions } = await import('./atlas/transitions.ts');
    return await atlasTransitions({
      backend: where,
      ipv6,
      json,
      jobs: wholeNumber('--jobs', values.jobs, 1, 64),
      slow: values.slow,
      verbose: values.verbose,
      svg: values.svg,
      html: values.html,
    });
  },
};
