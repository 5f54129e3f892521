import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { adoptStyle } from './adopt-style.ts';
import { LadderWindow } from './ladder-window.ts';
import type { PictureProps } from './picture.ts';

adoptStyle();

/** What passes between the hosts, row by row as it happens; it scrolls, and holds only what is in view. */
export function LadderView({ timeline, words }: PictureProps): JSX.Element {
  const scroll = useRef<HTMLDivElement>(null);
  const head = useRef<SVGSVGElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const rows = useRef<SVGSVGElement>(null);
  const shown = useRef<LadderWindow>(null);
  const isFollowing = useSignal(true);
  const isAbsolute = useSignal(false);
  const legend = useSignal('');
  const isEmpty = useComputed(() => timeline.value === undefined).value;

  useEffect(() => {
    if (!scroll.current || !head.current || !room.current || !rows.current) return undefined;
    const elements = { scroll: scroll.current, head: head.current, room: room.current, rows: rows.current };
    const events = {
      onFollow: (isAtEnd: boolean) => {
        isFollowing.value = isAtEnd;
      },
      onLegend: (text: string) => {
        legend.value = text;
      },
    };
    const ladder = new LadderWindow(elements, events, words.drawn);
    shown.current = ladder;
    const endShowing = timeline.subscribe((data) => ladder.show(data));
    const endNumbers = isAbsolute.subscribe((value) => {
      ladder.isAbsolute = value;
    });
    return () => {
      endShowing();
      endNumbers();
      ladder.end();
    };
  }, [timeline]);

  useEffect(() => {
    if (shown.current !== null) shown.current.words = words.drawn;
  }, [words]);

  return (
    <div class="ladder-view">
      <div class="ladder-bar">
        <button
          type="button"
          aria-pressed={isAbsolute.value}
          data-numbers={isAbsolute.value ? 'absolute' : 'relative'}
          onClick={() => {
            isAbsolute.value = !isAbsolute.value;
          }}
        >
          {words.numbersOnWire}
        </button>
        <span class="legend">{legend}</span>
      </div>
      {isEmpty ? <p class="picture-empty">{words.noPicture}</p> : null}
      <section
        class="ladder-scroll"
        data-ladder
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        aria-label={words.ladder}
        hidden={isEmpty}
      >
        <svg class="tcplab-drawing ladder-head" ref={head} aria-hidden="true" />
        <div class="ladder-rows" ref={room}>
          <svg class="tcplab-drawing" ref={rows} role="img" />
        </div>
      </section>
      {isFollowing.value ? null : (
        <button type="button" class="ladder-newest" data-newest onClick={() => shown.current?.follow()}>
          {words.newest}
        </button>
      )}
    </div>
  );
}
