import { useComputed } from '@preact/signals';
import { Component } from 'preact';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { STATE_COLOURS } from '../../report/drawing-style.ts';
import { store, words } from './page.ts';
import type { Row } from './rows.ts';
import { ssCells } from './ss-cells.ts';

/** So many rows are drawn: nobody reads more, and a flood makes thousands. */
const MOST = 100;
/** In a longer table no change is marked: something changes all the time. */
const MOST_MARKED = 40;
const NONE: readonly Row[] = [];
const COLUMNS = ['State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port', ''];

/** The kernel's socket table of a host as `ss -tano` would print it now. */
export function SocketTable({ host }: { readonly host: string }) {
  const rows = useComputed(() => store.tables.value[host] ?? NONE).value;
  return (
    <div class={`scroll sockets ${rows.length > MOST_MARKED ? 'many' : ''}`}>
      <table data-table={host}>
        <caption class="unseen">{words.value.table(host)}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((row) => (
            // Another key makes another element, so that each change is marked anew.
            <SocketRow key={`${row.socket.cookie} ${row.changes}`} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > MOST && <p class="soft">{words.value.moreSockets(rows.length - MOST)}</p>}
      {rows.length === 0 && <p class="soft">{words.value.noSockets}</p>}
    </div>
  );
}

/** What `ss` shows as `timer:(on,5.988ms,3)`, where it means 5.988 seconds. */
function timerWords({ timer, timerMs }: SocketRecord): string | undefined {
  return timer === 'none' ? undefined : words.value.timer((timerMs / 1000).toFixed(1));
}

/** Drawn anew only when it is another row: of a long table few are at a time. */
class SocketRow extends Component<{ readonly row: Row }> {
  override shouldComponentUpdate({ row }: { readonly row: Row }): boolean {
    return row !== this.props.row;
  }

  override render({ row: { socket, goneMs } }: { readonly row: Row }) {
    const cells = ssCells(socket);
    const [background, color] = STATE_COLOURS[socket.state];
    return (
      <tr
        data-state={goneMs === undefined ? socket.state : undefined}
        data-gone={goneMs === undefined ? undefined : socket.state}
        class={goneMs === undefined ? 'new' : 'gone'}
        title={`${socket.state}, sk:${socket.cookie}`}
      >
        <td>
          <span class="state" style={{ background, color }}>
            {cells.state}
          </span>
        </td>
        <td class="number">{cells.receive}</td>
        <td class="number">{cells.send}</td>
        <td>{cells.local}</td>
        <td>{cells.peer}</td>
        <td title={timerWords(socket)}>{cells.timer}</td>
      </tr>
    );
  }
}
