import { readFileSync } from 'node:fs';
import { namespaceNetwork } from '../../host/namespaces/network.ts';
import { until } from './until.ts';

const DEADLINE_MS = 10_000;

/**
 * Waits until the kernel has taken down every namespace that was let go of before, so that one measurement does not pay for
 * the one before it. The kernel takes them down in order and in the background: a link vanishes at one end when the
 * namespace at its other end, let go of last, is gone.
 */
export async function namespacesGone(): Promise<void> {
  await using network = namespaceNetwork({ hosts: ['stays', 'goes'] });
  const stays = network.host('stays');
  await network.host('goes').close();
  await until(
    () => !stays.enter(() => readFileSync('/proc/thread-self/net/dev', 'utf8')).includes('eth0'),
    DEADLINE_MS,
  );
}
