import type { Redis } from 'ioredis';
import { setting } from './setting.ts';

/**
 * What a Redis may lose when it is killed, a sentence each; none when it loses nothing. The journal's rows are safe in any case, and
 * what Redis forgets is enqueued again: only the work of judging is lost.
 */
export async function durabilityWarnings(client: Redis, place: string): Promise<string[]> {
  const [append, sync, policy, memory] = await Promise.all(
    ['appendonly', 'appendfsync', 'maxmemory-policy', 'maxmemory'].map((name) => setting(client, name)),
  );
  if (append === undefined)
    return [`${place} does not say whether it keeps what it holds when it is restarted.`];
  return [
    ...(append === 'no'
      ? [
          `${place} forgets what it holds when it is restarted: rows that are not collected yet would be judged again. Start it with --appendonly yes --appendfsync always.`,
        ]
      : []),
    ...(append === 'yes' && sync !== 'always'
      ? [
          `${place} may forget its last second when it is killed: those rows would be judged again. Set appendfsync always.`,
        ]
      : []),
    ...(policy !== 'noeviction' && memory !== '0'
      ? [`${place} throws things away when its memory is full (${policy}). Set maxmemory-policy noeviction.`]
      : []),
  ];
}
