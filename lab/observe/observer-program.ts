/**
 * The program in an observer's container: it sees what the host beside it does, as a local observer does, and says so. It answers
 * remote-observer.ts, and runs tools for the host.
 */
import { spawn } from 'node:child_process';
import { answerCalls, say } from '../host/docker/answers.ts';
import { endResolver } from '../host/docker/engine-resolver.ts';
import { prepareLink } from '../host/docker/prepare-link.ts';
import type { Place } from '../host/host.ts';
import type { KnobName } from '../host/knobs.ts';
import { outcome } from '../host/tool.ts';
import { LocalObserver } from './local-observer.ts';
import { Telling } from './telling.ts';

const here: Place = { name: 'here', enter: (work) => work() };
const telling = new Telling(say);
let observer: LocalObserver | undefined;

function observing(): LocalObserver {
  observer ??= new LocalObserver(here, telling);
  return observer;
}

answerCalls({
  async prepare(...of: Parameters<typeof prepareLink>) {
    prepareLink(...of);
    await endResolver();
    // From now on nothing is missed, whoever looks first.
    observing();
  },
  exec: (tool: string, args: string[]) =>
    outcome(tool, spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] })),
  look: () => observing().look(),
  keepLooking: (on: boolean) => observing().keepLooking(on),
  rules: async (commands: string) => String(await observing().rules.run(commands)),
  askRules: (commands: string) => observing().rules.json(commands),
  lost: () => observing().lost(),
  hasRawTcpSocket: () => observing().hasRawTcpSocket(),
  counters: async () => [...(await observing().counters())],
  sysctl: (name: KnobName) => observing().sysctl(name),
  async close() {
    const lost = await observing().close();
    telling.flush();
    return lost;
  },
});
