// Runs confined programs, one submission after another, and tells what they printed. A line of JSON in, a line of JSON out.
import { createInterface } from 'node:readline';
import { folderCast } from '../../../lab/exercise/casting.ts';
import { perform } from '../../../lab/exercise/perform.ts';
import { exerciseNamed } from '../../../lab/exercises/catalog.ts';
import type { Backend } from '../../../lab/host/backend.ts';
import type { Confining } from '../../../lab/host/host.ts';
import { DEFAULT_LIMITS } from '../../../lab/host/sandbox/limits.ts';
import { Sandbox } from '../../../lab/host/sandbox/sandbox.ts';
import type { SlotOrders } from '../../../lab/host/sandbox/slot.ts';
import type { Order, Printed } from './look-inside.ts';

const [where = 'namespaces', orders = '{}'] = process.argv.slice(2);
const backend: Backend = where === 'docker' ? 'docker' : 'namespaces';
const confinement: Confining =
  backend === 'docker'
    ? { limits: DEFAULT_LIMITS }
    : { sandbox: await Sandbox.open(JSON.parse(orders) as SlotOrders) };
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await printedBy(JSON.parse(line) as Order);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();

async function printedBy({ student, exercise, folder }: Order): Promise<Printed> {
  const played = exerciseNamed(String(exercise));
  const cast = folderCast(played, folder);
  const { timeline } = await perform(played, { seed: student, cast, backend, confinement });
  const lines = timeline.events.flatMap((event) =>
    event.kind === 'output' && event.stream === 'stdout' ? [event.text] : [],
  );
  return { student, lines: lines.slice(0, 1_000) };
}
