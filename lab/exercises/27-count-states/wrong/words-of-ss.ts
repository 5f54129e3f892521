// Believes that what ss prints are the states' names.
import { execFileSync } from 'node:child_process';

const states = new Map<string, number>();
const peers = new Map<string, number>();

for (const line of execFileSync('ss', ['-Htan'], { encoding: 'utf8' }).split('\n')) {
  const [state = '', , , , remote = ''] = line.trim().split(/\s+/);
  if (state === '') continue;
  add(states, state);
  if (state !== 'LISTEN') add(peers, hostOf(remote));
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
