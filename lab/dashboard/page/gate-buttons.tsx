import type { Handle, HandlesOf } from './handles.ts';
import { isRunning, words } from './page.ts';
import { gateOf, isHolding, toggle } from './wire.ts';

/** The hands-on wire: what can be held back of the segments that arrive at a host. */
export function GateButtons({ handles: { host, first, more } }: { readonly handles: HandlesOf }) {
  const { arrivingAt, more: moreWord } = words.value;
  return (
    <fieldset class="wire">
      <legend>{arrivingAt(host)}</legend>
      {first.map((handle) => (
        <HandleButton key={nameOf(handle)} handle={handle} />
      ))}
      <details open={more.some(isHolding) || undefined}>
        <summary>{moreWord}</summary>
        {more.map((handle) => (
          <HandleButton key={nameOf(handle)} handle={handle} />
        ))}
      </details>
    </fieldset>
  );
}

function HandleButton({ handle }: { readonly handle: Handle }) {
  const { gates, holdAll, holdAllTitle, dropped, holding } = words.value;
  const isHeld = isHolding(handle);
  const gate = handle.kind === 'gate' ? handle.gate : undefined;
  const count = handle.kind === 'gate' ? gateOf(handle)?.dropped : undefined;
  return (
    <button
      type="button"
      class="handle"
      data-gate={gate === undefined ? undefined : nameOf(handle)}
      data-wire={gate === undefined ? handle.host : undefined}
      aria-pressed={isHeld}
      disabled={!isRunning.value}
      title={gate === undefined ? holdAllTitle : gates[gate].drops}
      onClick={() => toggle(handle)}
    >
      {handle.key !== undefined && <kbd>{handle.key}</kbd>}
      <span>{gate === undefined ? holdAll(handle.host) : gates[gate].label}</span>
      {count !== undefined && count > 0 ? (
        <span class="count">{dropped(count)}</span>
      ) : (
        isHeld && <span class="count">{holding}</span>
      )}
    </button>
  );
}

function nameOf(handle: Handle): string {
  return handle.kind === 'gate' ? `${handle.host}/${handle.gate}` : handle.host;
}
