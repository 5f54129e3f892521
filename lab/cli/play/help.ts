import { GATE_KINDS, GATE_NAMES } from '../../gate/kinds.ts';
import { KNOB_NAMES } from '../../host/knobs.ts';
import { wrap } from '../../report/columns.ts';

const WIDTH = 100;
const GATE_WIDTH = Math.max(...GATE_NAMES.map((name) => name.length)) + 4;

export const PLAY_HELP = `
Usage: ./tcplab play SERVER CLIENT [options]

Runs two programs of yours on a fresh pair of hosts, each with its own network stack, and prints what the kernels and the
wire show. Each is started as "node FILE ADDRESS PORT", with the server's address: a server listens there, a client
connects to it. The client starts when the kernel shows the server in LISTEN, or with a raw socket open. "-" stands for no
program. The play ends when the programs have ended and the sockets are quiet, when the time is over, or at Ctrl-C.

  --gate HOST:GATE[@MS]     drops a kind of segment at a host, from the start; opens MS after the client's start, or never
  --knob [HOST:]NAME=VALUE  sets a sysctl on one host or on both, before anything runs
  --for MS                  plays at most so long after the client's start (10000); when given, a server that
                            only listens is watched to the end
  --save DIR                also writes DIR/timeline.jsonl and DIR/capture.pcapng (for Wireshark and tshark)
  --port P                  the port (8080)
  --ipv6                    gives the hosts IPv6 addresses too, and the programs the server's IPv6 address
  --trace                   also every change of state the kernel's tracepoints tell of, however short; for root
  --json                    one JSON document on standard output at the end, and nothing else
  --backend B               where the hosts are made: namespaces, or docker

Hosts: client, server. Gates, and what they drop at HOST:

${GATE_NAMES.flatMap((name) => entry(name, GATE_KINDS[name].drops)).join('\n')}

Knobs:

${wrap(KNOB_NAMES.join(' '), WIDTH - 2)
  .map((line) => `  ${line.trimStart()}`)
  .join('\n')}

Examples:

  ./tcplab play servers/echo.ts clients/close.ts
      an ordinary connection, from the handshake to TIME_WAIT
  ./tcplab play servers/never-close.ts clients/close.ts --gate server:fin@1500 --for 3000
      holds the client in FIN_WAIT_1 for 1.5 seconds: its FIN is dropped, and sent again

Exit code 0: it was played. 1: the server never listened where it should, or the client never connected.
`;

function entry(name: string, drops: string): string[] {
  return wrap(drops, WIDTH - GATE_WIDTH).map((line, n) =>
    n === 0 ? `  ${name}`.padEnd(GATE_WIDTH) + line : ' '.repeat(GATE_WIDTH) + line.trimStart(),
  );
}
