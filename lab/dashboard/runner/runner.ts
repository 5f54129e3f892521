/**
 * The process that makes hosts and runs programs for the live page: inside the lab's namespaces, beside them with Docker. The server
 * outside tells it what to do over Node's own channel; when that is closed, this process ends, and with it everything it made.
 */
import { EXERCISES } from '../../exercises/catalog.ts';
import { LiveRun } from './live-run.ts';
import { type Order, type Ordered, type Reported, runnerBackend } from './messages.ts';

/** What is made in containers is removed within this time when the server has gone. */
const REMOVE_MS = 15_000;

const backend = runnerBackend();
let current: { readonly live: LiveRun; readonly played: Promise<void> } | undefined;

process.on('message', ({ id, order }: Ordered) => {
  take(order).then(
    () => say({ kind: 'done', id }),
    (error: unknown) =>
      say({ kind: 'done', id, problem: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => void leave());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave());
say({ kind: 'ready' });

async function take(order: Order): Promise<void> {
  switch (order.kind) {
    case 'play':
      return await play(order.plan);
    case 'start':
      return await now().start(order.program);
    case 'give-up':
      return current?.live.end(order.because);
    case 'wish':
      break;
  }
  const { wish } = order;
  switch (wish.do) {
    case 'end':
      return current?.live.end();
    case 'stop':
      return await now().stop(wish.pid);
    case 'gate':
      return await now().hand().gate(wish.host, wish.gate, wish.closed);
    case 'wire':
      return await now().hand().wire(wish.host, wish.held);
  }
}

/** Begins a run in place of the one that goes on, which is ended and gone before. */
async function play(plan: Extract<Order, { kind: 'play' }>['plan']): Promise<void> {
  const exercise = EXERCISES.find(({ number }) => number === plan.number);
  if (exercise === undefined) throw new Error(`There is no exercise ${plan.number}.`);
  current?.live.end();
  const before = current?.played;
  const live = new LiveRun(plan, exercise, backend, (told) => say({ kind: 'told', told }));
  const played = (async () => {
    await before;
    await live.play();
  })();
  current = { live, played };
}

function now(): LiveRun {
  if (current === undefined) throw new Error('There is no run. Begin one.');
  return current.live;
}

function say(reported: Reported): void {
  if (process.connected) process.send?.(reported);
}

async function leave(): Promise<void> {
  current?.live.end();
  if (backend === 'docker') {
    setTimeout(() => process.exit(1), REMOVE_MS).unref();
    const { closeDockerNetworks } = await import('../../host/docker/network.ts');
    await closeDockerNetworks().catch(() => {});
  }
  process.exit(0);
}
