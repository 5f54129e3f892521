import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type GateName, gateNamed } from '../../gate/kinds.ts';
import type { Backend } from '../../host/backend.ts';
import { type KnobName, knobNamed } from '../../host/knobs.ts';
import { UsageError } from '../command.ts';
import { backend, milliseconds, wholeNumber } from '../options.ts';
import { TRACE_OPTION } from '../wanted-trace.ts';
import { checkFree } from './save.ts';

export const PLAY_HOSTS = ['client', 'server'] as const;

export type PlayHost = (typeof PLAY_HOSTS)[number];

/** A program to run: as the user typed it, and where it is. */
export interface ProgramFile {
  readonly typed: string;
  readonly path: string;
}

/** A gate that is closed from the start, and opens so many milliseconds after the client's start, or never. */
export interface GateRequest {
  readonly host: PlayHost;
  readonly gate: GateName;
  readonly opensMs: number | undefined;
}

/** A sysctl to set, on one host or on both. */
export interface KnobRequest {
  readonly host: PlayHost | undefined;
  readonly name: KnobName;
  readonly value: string;
}

export interface PlayOptions {
  readonly programs: { readonly [host in PlayHost]: ProgramFile | undefined };
  readonly gates: readonly GateRequest[];
  readonly knobs: readonly KnobRequest[];
  readonly forMs: number;
  /** Whether the user said how long: then a server that only listens is watched to the end. */
  readonly forGiven: boolean;
  readonly port: number;
  readonly ipv6: boolean;
  readonly json: boolean;
  readonly backend: Backend;
  /** The folder to save the run in. */
  readonly save: string | undefined;
}

const OPTIONS = {
  gate: { type: 'string', multiple: true, default: [] as string[] },
  knob: { type: 'string', multiple: true, default: [] as string[] },
  for: { type: 'string' },
  port: { type: 'string', default: '8080' },
  save: { type: 'string' },
  trace: TRACE_OPTION,
  ipv6: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  backend: { type: 'string' },
} as const;

const FOR_MS = 10_000;

/** What `play` was asked for. @throws UsageError, GateError, KnobError that say in one line what there is instead. */
export function playOptions(args: readonly string[]): PlayOptions {
  const { values, positionals } = parsed(args);
  const [server, client] = positionals;
  if (server === undefined || client === undefined || positionals.length > 2) {
    throw new UsageError(
      `play takes two programs, a server and a client ("-" for none), not ${positionals.length}: ` +
        './tcplab play servers/echo.ts clients/close.ts',
    );
  }
  if (server === '-' && client === '-')
    throw new UsageError('there is nothing to play: both programs are "-"');
  if (values.save !== undefined) checkFree(values.save);
  return {
    programs: { server: programFile(server), client: programFile(client) },
    gates: values.gate.map(gateRequest),
    knobs: values.knob.map(knobRequest),
    forMs: values.for === undefined ? FOR_MS : milliseconds('--for', values.for),
    forGiven: values.for !== undefined,
    port: wholeNumber('--port', values.port, 1, 65_535),
    ipv6: values.ipv6,
    json: values.json,
    backend: backend(values.backend),
    save: values.save === undefined ? undefined : resolve(values.save),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    const unknown = /^Unknown option '([^']+)'/.exec(error.message)?.[1];
    const all = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new UsageError(
      unknown === undefined
        ? (error.message.split('\n')[0] ?? '')
        : `no option "${unknown}". The options of play are: ${all.join(', ')}`,
    );
  }
}

function programFile(typed: string): ProgramFile | undefined {
  if (typed === '-') return undefined;
  const path = resolve(typed);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no file ${typed} (looked for ${path})`);
  if (!found.isFile()) throw new UsageError(`${typed} is not a file; play takes a TypeScript program`);
  return { typed, path };
}

function gateRequest(text: string): GateRequest {
  const match = /^([^:@]+):([^:@]+)(?:@(.+))?$/.exec(text);
  if (match === null) {
    throw new UsageError(`--gate takes HOST:GATE or HOST:GATE@MS, such as server:fin@1500, not "${text}"`);
  }
  const [, host = '', gate = '', opens] = match;
  return {
    host: hostNamed(host),
    gate: gateNamed(gate),
    opensMs: opens === undefined ? undefined : milliseconds(`--gate ${host}:${gate}@MS`, opens),
  };
}

function knobRequest(text: string): KnobRequest {
  const match = /^(?:([^:=]+):)?([^:=]+)=(.+)$/.exec(text);
  if (match === null) {
    const example = 'tcp_fin_timeout=2 or server:tcp_syn_retries=1';
    throw new UsageError(`--knob takes NAME=VALUE or HOST:NAME=VALUE, such as ${example}, not "${text}"`);
  }
  const [, host, name = '', value = ''] = match;
  return { host: host === undefined ? undefined : hostNamed(host), name: knobNamed(name), value };
}

function hostNamed(text: string): PlayHost {
  const host = PLAY_HOSTS.find((name) => name === text);
  if (host === undefined) throw new UsageError(`no host "${text}". The hosts are: ${PLAY_HOSTS.join(', ')}`);
  return host;
}
