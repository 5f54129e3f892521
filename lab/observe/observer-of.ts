import type { WatchableHost } from '../host/host.ts';
import { LocalObserver } from './local-observer.ts';
import type { Observer, Sight } from './observer.ts';
import { RemoteObserver } from './remote-observer.ts';

/** Begins to observe a host: from here where this process can enter it, by its attendant where it cannot. */
export function observerOf(host: WatchableHost, sight: Sight): Observer {
  return 'enter' in host ? new LocalObserver(host, sight) : new RemoteObserver(host, sight);
}
