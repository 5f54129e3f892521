/**
 * Gates for work by hand, with the rules of a run: `gate KIND` drops that kind of segment at this host from now on, `gate --open KIND`
 * lets it pass again, and `gate` alone lists the kinds. Started in a host's observer by docker/bin/gate.
 */
import { hostname } from 'node:os';
import { Gate, Gates } from '../lab/gate/gates.ts';
import { GATE_KINDS, GATE_NAMES, type GateName, gateNamed } from '../lab/gate/kinds.ts';
import { LocalRules } from '../lab/observe/local-rules.ts';

const rules = new LocalRules({ name: hostname(), enter: (work) => work() });

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args.filter((arg) => arg !== '--open');
  if (rest.length > 0) throw new Error('usage: gate [[--open] KIND]');
  if (name === undefined) return await list();
  const gate = gateNamed(name);
  if (args.includes('--open')) await open(gate);
  else await close(gate);
  console.log(`${gate}: ${await state(gate)}`);
}

async function close(name: GateName): Promise<void> {
  if (!(await exists(name))) {
    await new Gates(hostname(), rules).drop(name);
    return;
  }
  await open(name);
  await new Gate(name, hostname(), chain(name), rules, () => {}).close();
}

async function open(name: GateName): Promise<void> {
  if (await exists(name)) await rules.run(`flush chain inet tcplab ${chain(name)}`);
}

async function list(): Promise<void> {
  for (const name of GATE_NAMES)
    console.log(`${name.padEnd(15)} drops ${GATE_KINDS[name].drops} (${await state(name)})`);
}

async function state(name: GateName): Promise<string> {
  if (!(await exists(name))) return 'open';
  const { segments } = await new Gate(name, hostname(), chain(name), rules, () => {}).dropped();
  const answer = (await rules.json(`list chain inet tcplab ${chain(name)}`)) as {
    nftables: { rule?: unknown }[];
  };
  const word = answer.nftables.some(({ rule }) => rule !== undefined) ? 'closed' : 'open';
  return `${word}, ${segments} dropped so far`;
}

async function exists(name: GateName): Promise<boolean> {
  try {
    await rules.json(`list chain inet tcplab ${chain(name)}`);
    return true;
  } catch {
    return false;
  }
}

/** What a host's first gate of this kind is called in the kernel; by hand there is never a second one. */
function chain(name: GateName): string {
  return `${name.replaceAll('-', '_')}_1`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`gate: ${(error as Error).message}`);
  process.exitCode = 2;
} finally {
  rules.close();
}
