import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { TimelineData } from '../../../observe/timeline.ts';
import { HEIGHT, type Point, WIDTH } from '../../../report/state-diagram-places.ts';
import { hostLook, walkDiagram } from '../../../report/walk/diagram.ts';
import { adoptStyle } from './adopt-style.ts';
import { FAREWELL_MS, Farewells } from './farewells.ts';
import type { PictureProps } from './picture.ts';
import { slowly } from './slowly.ts';
import { TOKEN, tokenPlaces } from './token-places.ts';
import { TokenShape } from './token-shape.tsx';
import { type Token, tokensOf } from './tokens.ts';
import { useDrawing } from './use-drawing.ts';

adoptStyle();

const EVERY_MS = 250;

/** The state diagram of RFC 9293 with the ways that were walked so far, and a token on it for every socket that there is. */
export function DiagramView({ timeline, words }: PictureProps): JSX.Element {
  const options = { isInPage: true, words: words.drawn };
  const drawn = useDrawing(timeline, (data) => walkDiagram(data, options), EVERY_MS, words);
  const tokens = useTokens(timeline);
  if (drawn.value === '') return <p class="picture-empty">{words.noPicture}</p>;
  return (
    <div class="diagram-view">
      <div dangerouslySetInnerHTML={{ __html: drawn.value }} />
      <svg
        class="tcplab-states diagram-tokens"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={tokens.value.map(({ title }) => title).join(', ')}
      >
        {tokenPlaces(tokens.value).map((token) => (
          <TokenMark key={token.key} token={token} />
        ))}
      </svg>
    </div>
  );
}

/** The tokens of the timeline so far. One that is gone stays for a moment. */
function useTokens(timeline: ReadonlySignal<TimelineData | undefined>): ReadonlySignal<readonly Token[]> {
  const tokens = useSignal<readonly Token[]>([]);
  useEffect(() => {
    let header: TimelineData['header'] | undefined;
    let farewells = new Farewells();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      clearTimeout(timer);
      const data = timeline.peek();
      if (data?.header !== header) farewells = new Farewells();
      header = data?.header;
      const [nowMs, endMs] = [performance.now(), data?.events.at(-1)?.atMs ?? 0];
      tokens.value =
        data === undefined
          ? []
          : tokensOf(data, (key, goneMs) => farewells.isShown(key, goneMs, endMs, nowMs));
      if (farewells.isWaiting(nowMs)) timer = setTimeout(show, FAREWELL_MS / 4);
    };
    const end = slowly(timeline, show, 0);
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [timeline]);
  return tokens;
}

function TokenMark({ token }: { readonly token: Token & Point }): JSX.Element {
  const { key, host, hostName, state, label, title, left, x, y } = token;
  const { width, height } = TOKEN;
  return (
    <g
      class={`token ${hostLook(host)}${left === undefined ? '' : ' gone'}`}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-token={key}
      data-state={state}
      data-host={hostName}
      data-count={token.count}
    >
      <title>{title}</title>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={height / 2} />
      <TokenShape host={host} x={-width / 2 + 16} />
      <text x={10} y={6} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}
