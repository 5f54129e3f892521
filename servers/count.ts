// Counts the sockets of its host by state, and its connections by peer, as `netstat -ant | awk` does. It asks ss.
// For a machine that you meet for the first time: one look at its whole table.
import { execFileSync } from 'node:child_process';

/** What ss calls the states, where that is not what RFC 9293 calls them. */
const STATES: Record<string, string> = {
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RCVD',
  ESTAB: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT_1',
  'FIN-WAIT-2': 'FIN_WAIT_2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  CLOSING: 'CLOSING',
  'LAST-ACK': 'LAST_ACK',
  'TIME-WAIT': 'TIME_WAIT',
};

const states = new Map<string, number>();
const peers = new Map<string, number>();

for (const line of execFileSync('ss', ['-Htan'], { encoding: 'utf8' }).split('\n')) {
  const [state = '', , , , remote = ''] = line.trim().split(/\s+/);
  const name = STATES[state];
  if (name === undefined) continue;
  add(states, name);
  if (name !== 'LISTEN') add(peers, hostOf(remote));
}

for (const [state, count] of states) console.log(`state ${state} ${count}`);
for (const [peer, count] of peers) console.log(`peer ${peer} ${count}`);

/** The address without its port and brackets; an IPv4 address that is mapped into IPv6 is that host all the same. */
function hostOf(endpoint: string): string {
  return endpoint
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/, '');
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
