import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { slowly } from './slowly.ts';

/** The markup of what grows, made anew every `everyMs` milliseconds at most; empty while there is none. */
export function useDrawing<T>(
  growing: ReadonlySignal<T | undefined>,
  draw: (value: T) => string,
  everyMs: number,
  ...changes: readonly unknown[]
): ReadonlySignal<string> {
  const drawn = useSignal('');
  useEffect(
    () =>
      slowly(
        growing,
        (data) => {
          drawn.value = data === undefined ? '' : draw(data);
        },
        everyMs,
      ),
    [growing, ...changes],
  );
  return drawn;
}

/** How wide an element is, in whole pixels; 0 before it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): Signal<number> {
  const width = useSignal(0);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry?.contentRect.width ?? 0);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
