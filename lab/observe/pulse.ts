/**
 * One ticker for everything that is being waited for: 300 looks a second at each host that somebody waits on, none at the
 * others. A look is also taken the moment a segment arrives, so a wait usually ends with the segment that ends it.
 */
const INTERVAL_MS = 3;

const looks = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

/** Calls `look` at every tick until the returned function is called. */
export function everyTick(look: () => void): () => void {
  looks.add(look);
  timer ??= setTimeout(tick, INTERVAL_MS);
  return () => {
    looks.delete(look);
    if (looks.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/**
 * The next tick is counted from the end of this one. Looks that take longer than an interval, at hosts with thousands of sockets,
 * would else be due again at once: Node runs timers for as long as any is due, and reads nothing from anybody meanwhile.
 */
function tick(): void {
  timer = undefined;
  for (const look of [...looks]) look();
  if (looks.size > 0) timer ??= setTimeout(tick, INTERVAL_MS);
}
