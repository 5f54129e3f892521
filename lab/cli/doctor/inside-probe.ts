/**
 * Runs inside the lab's namespaces and tries every part of the kernel that the lab stands on, by the lab's own code. Prints
 * a line of JSON for each step as it ends, so that even a crash leaves what was seen before it.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Gates } from '../../gate/gates.ts';
import { GATE_NAMES } from '../../gate/kinds.ts';
import { KNOB_NAMES, KnobError, type KnobName, knobFile, PINNED } from '../../host/knobs.ts';
import { Links } from '../../host/namespaces/link.ts';
import { NamespaceHost } from '../../host/namespaces/namespace-host.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { LocalRules } from '../../observe/local-rules.ts';
import { SockDiag } from '../../observe/sock-diag.ts';
import { ssLines } from '../../observe/ss.ts';
import { Tap } from '../../observe/tap.ts';
import { newNetworkNamespace } from '../../sys/namespace.ts';
import { KernelSocket } from '../../sys/socket.ts';
import type { ProbeLine, StepName } from './inside.ts';
import { apparmorLabel } from './namespace-facts.ts';

const LOOPBACK = '127.0.0.1';
const PORT = 8_080;
/** Nobody listens there: a SYN earns a reset. */
const CLOSED_PORT = 8_081;
const RAW_PROBE = fileURLToPath(new URL('./raw-probe.ts', import.meta.url));

const say = (line: ProbeLine): void => console.log(JSON.stringify(line));
const label = apparmorLabel();
if (label !== undefined) say({ apparmor: label });

const host = await step('hosts', () => {
  const made = new NamespaceHost('probe', newNetworkNamespace(), LOOPBACK, undefined);
  made.enter(() => {
    using links = new Links();
    links.up(1);
  });
  return made;
});
if (host !== undefined) {
  await step('link', () => joined());
  await step('gates', () => gates(host), names);
  await step('raw', () => raw(host));
  await step('tap', () => tap(host));
  await step('sockets', () => sockets(host));
  await step('ss', () => ss(host));
  await step('tables', () => writeFileSync('/proc/sys/net/ipv4/tcp_child_ehash_entries', '2048'));
  await step('knobs', () => knobs(host), names);
}
process.exit(0);

/** Tries one thing and prints how it went. @param listed the names to report of what it found. */
async function step<T>(
  name: StepName,
  work: () => T | Promise<T>,
  listed: (found: T) => readonly string[] = () => [],
): Promise<T | undefined> {
  try {
    const found = await work();
    say({ step: name, ok: true, code: '', reason: '', names: listed(found) });
    return found;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    say({ step: name, ok: false, code: code ?? '', reason: message ?? String(error), names: [] });
    return undefined;
  }
}

function names(found: readonly string[]): readonly string[] {
  return found;
}

/** Two hosts joined by a virtual link, as every run has them. A knob that cannot be set is another step's matter. */
async function joined(): Promise<void> {
  try {
    await using _ = namespaceNetwork({ hosts: ['client', 'server'], ipv6: false });
  } catch (error) {
    if (!(error instanceof KnobError)) throw error;
  }
}

/** Closes and opens every kind of gate. @returns those that cannot be made. */
async function gates(place: NamespaceHost): Promise<string[]> {
  using rules = new LocalRules(place);
  const made = new Gates(place.name, rules);
  const refused = new Map<string, unknown>();
  for (const name of GATE_NAMES) {
    try {
      const gate = await made.drop(name);
      await gate.open();
    } catch (error) {
      refused.set(name, error);
    }
  }
  if (refused.size === GATE_NAMES.length) throw refused.get(GATE_NAMES[0] as string);
  return [...refused.keys()];
}

/** A raw socket with the mark of the lab, in a program with no capability but CAP_NET_RAW. */
async function raw(place: NamespaceHost): Promise<void> {
  const program = await place.run(RAW_PROBE, []);
  const { code } = await program.exited;
  if (code === 0) return;
  const { stdout, stderr } = program;
  throw stdout.startsWith('{') ? Object.assign(new Error(), JSON.parse(stdout)) : new Error(stderr.trim());
}

/** A packet socket sees a SYN and the reset that answers it. */
function tap(place: NamespaceHost): void {
  using listening = new Tap(place);
  using _ = place.enter(() => {
    const socket = KernelSocket.open();
    socket.connect({ address: LOOPBACK, port: CLOSED_PORT });
    return socket;
  });
  let seen = 0;
  listening.drain(() => {
    seen += 1;
  });
  if (seen === 0) throw new Error('the packet socket saw nothing of a SYN over loopback');
}

function listener(place: NamespaceHost): KernelSocket {
  return place.enter(() => KernelSocket.listening({ address: LOOPBACK, port: PORT }));
}

/** sock_diag shows a listener. */
function sockets(place: NamespaceHost): void {
  using _ = listener(place);
  using table = place.enter(() => new SockDiag());
  if (!table.dump().some(({ state, local }) => state === 'LISTEN' && local.port === PORT)) {
    throw new Error('sock_diag does not show a socket that listens');
  }
}

/** ss shows the same listener, with the cookie that the lab knows it by. */
async function ss(place: NamespaceHost): Promise<void> {
  using _ = listener(place);
  const lines = await ssLines(place);
  if (
    !lines.some((line) => line.startsWith('LISTEN') && line.includes(`:${PORT} `) && line.includes('sk:'))
  ) {
    throw new Error(
      `ss does not show a socket that listens, with its cookie; it shows: ${lines.join(' | ')}`,
    );
  }
}

/** Sets every knob: pinned ones to their value, the others to what they are. @returns those that this kernel lacks. */
function knobs(place: NamespaceHost): KnobName[] {
  const missing = KNOB_NAMES.filter((name) => !place.enter(() => existsSync(knobFile(name))));
  for (const name of KNOB_NAMES) {
    if (!missing.includes(name)) place.setKnob(name, PINNED.get(name) ?? place.readKnob(name));
  }
  return missing;
}
