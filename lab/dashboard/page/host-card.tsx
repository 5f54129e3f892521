import { computed } from '@preact/signals';
import { GateButtons } from './gate-buttons.tsx';
import type { HandlesOf } from './handles.ts';
import { HostPrograms } from './host-programs.tsx';
import { store, words } from './page.ts';
import { SocketTable } from './socket-table.tsx';
import { isHolding } from './wire.ts';

/** It stays the same while events come, so that a card is not drawn anew for each of them. */
const header = computed(() => store.timeline.data.value?.header);

/** One host: its programs, the wire to it, and its socket table. */
export function HostCard({ handles }: { readonly handles: HandlesOf }) {
  const { host } = handles;
  const isChecking = store.run.value?.how === 'check';
  const isHeld = [...handles.first, ...handles.more].some(isHolding);
  const addresses = header.value?.hosts.find(({ name }) => name === host)?.addresses ?? [];
  return (
    <section class={`host ${isChecking ? 'checking' : ''}`} aria-label={words.value.host(host)}>
      <div class="host-head">
        <h2>{host}</h2>
        <span class="soft">{addresses.join(' ')}</span>
        <HostPrograms host={host} />
      </div>
      {isChecking ? (
        <details class="folded-wire" open={isHeld || undefined}>
          <summary>{words.value.hold}</summary>
          <GateButtons handles={handles} />
        </details>
      ) : (
        <GateButtons handles={handles} />
      )}
      <SocketTable host={host} />
    </section>
  );
}
