import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Host, ToolResult } from '../../../../lab/host/host.ts';
import type { NamespaceHost } from '../../../../lab/host/namespaces/namespace-host.ts';
import { outcome } from '../../../../lab/host/tool.ts';
import { grantToChildren } from '../../../../lab/sys/capabilities.ts';
import { STATES, type State, stateOfSs } from '../../../../lab/tcp/states.ts';

const MAIN = join(import.meta.dirname, '../../../../lab/cli/main.ts');
/** Two looks of ss, and one of observe between them, take a twentieth of a second on an idle machine. */
const MOST_TRIES = 60;

/** What `observe --json` prints of a look. */
export interface ObserveDocument {
  readonly schema: string;
  readonly look: number;
  readonly tookMs: number;
  readonly place: Readonly<Record<string, unknown>>;
  readonly sockets: number;
  readonly states: Readonly<Record<State, number>>;
  readonly peers: readonly {
    readonly address: string;
    readonly sockets: number;
    readonly states: Readonly<Record<string, number>>;
  }[];
  readonly listeners: readonly {
    readonly local: { readonly address: string; readonly port: number };
    readonly sockets: number;
    readonly full: number;
    readonly acceptQueue: number;
    readonly acceptLimit: number;
    readonly halfOpen: number;
    readonly halfOpenLimit: number | null;
  }[];
  readonly unattributed: {
    readonly timeWait: number;
    readonly orphans: number;
    readonly onItsPorts: { readonly timeWait: number; readonly orphans: number };
    readonly shared: number;
  } | null;
  readonly warnings: readonly {
    readonly code: string;
    readonly state: State | null;
    readonly where: string | null;
    readonly count: number;
    readonly limit: number | null;
    readonly text: string;
    readonly why: string;
    readonly next: string;
    readonly holders:
      | readonly { readonly pid: number; readonly command: string; readonly sockets: number }[]
      | null;
  }[];
}

/** Runs `observe` on a host, with what tools there may do: look at everything, and enter nothing. */
export async function observe(host: Host, ...args: string[]): Promise<ToolResult> {
  return await host.exec(process.execPath, [MAIN, 'observe', ...args]);
}

/** The same with what root may do. */
export async function observeAsRoot(host: NamespaceHost, ...args: string[]): Promise<ToolResult> {
  const child = host.enter(() => {
    grantToChildren(['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN']);
    return spawn(process.execPath, [MAIN, 'observe', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  });
  return await outcome('observe', child);
}

/** What `observe --json` says on a host. */
export async function observeJson(host: Host, ...args: string[]): Promise<ObserveDocument[]> {
  const { exitCode, stdout, stderr } = await observe(host, '--json', ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ObserveDocument);
}

export interface Counts {
  readonly states: Readonly<Record<string, number>>;
  readonly peers: Readonly<Record<string, number>>;
}

/** What observe says, and what ss said before and after it, which must be the same, so that nothing has changed meanwhile. */
export async function bothSay(host: Host, args: readonly string[] = [], filter: readonly string[] = []) {
  for (let n = 0; n < MOST_TRIES; n += 1) {
    const before = await ssTable(host, filter);
    const [document] = (await observeJson(host, ...args)) as [ObserveDocument];
    const after = await ssTable(host, filter);
    if (before === after) return { document, counts: countsOf(document), ss: countsOfSs(before) };
  }
  throw new Error(`the sockets never stood still for a look, in ${MOST_TRIES} tries`);
}

/** State and both ends of every socket, sorted. */
async function ssTable(host: Host, filter: readonly string[]): Promise<string> {
  const { stdout } = await host.exec('ss', ['-tanHO', ...filter]);
  const rows = stdout.split('\n').filter((line) => line !== '');
  const short = rows.map((row) => {
    const [state, , , local, remote] = row.trim().split(/\s+/);
    return `${state} ${local} ${remote}`;
  });
  return short.sort().join('\n');
}

/** As `ss -tan | awk` counts them. */
function countsOfSs(table: string): Counts {
  const states: Record<string, number> = {};
  const peers: Record<string, number> = {};
  for (const line of table.split('\n').filter((row) => row !== '')) {
    const [state = '', , remote = ''] = line.split(' ');
    const name = stateOfSs(state);
    states[name] = (states[name] ?? 0) + 1;
    const peer = remote
      .replace(/:[^:]*$/, '')
      .replace(/^\[(.*)\]$/, '$1')
      .replace(/^::ffff:(?=.*\.)/, '');
    if (state !== 'LISTEN') peers[peer] = (peers[peer] ?? 0) + 1;
  }
  return { states, peers };
}

function countsOf({ states, peers }: ObserveDocument): Counts {
  return {
    states: Object.fromEntries(
      STATES.flatMap((state) => (states[state] > 0 ? [[state, states[state]]] : [])),
    ),
    peers: Object.fromEntries(peers.map(({ address, sockets }) => [address, sockets])),
  };
}
