import { effect, type ReadonlySignal } from '@preact/signals';

/** Of the time at most this part is spent on one picture. */
const SHARE = 1 / 20;

/**
 * Calls `act` with a signal's value, now and after each change, but not more often than every `leastMs` milliseconds, and less
 * often when it takes long. The last value is always acted on.
 * @returns ends it
 */
export function slowly<T>(value: ReadonlySignal<T>, act: (value: T) => void, leastMs: number): () => void {
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    timer = undefined;
    const began = performance.now();
    act(value.peek());
    const tookMs = performance.now() - began;
    next = began + Math.max(leastMs, tookMs / SHARE);
  };
  const end = effect(() => {
    void value.value;
    if (timer !== undefined) return;
    const waitMs = next - performance.now();
    if (waitMs > 0) timer = setTimeout(now, waitMs);
    else now();
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}
