import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { timed } from './measure.ts';

const BARE = fileURLToPath(new URL('./bare.ts', import.meta.url));

/** How long it takes until `count` Node programs that do next to nothing have started and ended, in milliseconds. */
export async function bareStarts(count: number, atATime: number): Promise<number> {
  await keepCompiled([BARE]);
  await using network = namespaceNetwork({ hosts: ['bare'] });
  const host = network.host('bare');
  const queue = new PQueue({ concurrency: atATime });
  return await timed(() =>
    queue.addAll(Array.from({ length: count }, () => async () => await (await host.run(BARE, [])).exited)),
  );
}
