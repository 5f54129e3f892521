import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Pair, PORT, pair } from '../support/pair.ts';

const CELLS = [
  { old: false, new: false },
  { old: false, new: true },
  { old: true, new: false },
  { old: true, new: true },
];

/** What a second bind to the server's port comes to: `bound`, or the errno name. */
function bindAgain(lab: Pair, reuseAddress: boolean): string {
  const socket = lab.open('server', { reuseAddress });
  try {
    socket.bind(lab.endpoint('server'));
    return 'bound';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe.each(CELLS)('SO_REUSEADDR on the old socket $old, on the new one $new', (on) => {
  const both = on.old && on.new ? 'bound' : 'EADDRINUSE';

  test('over a listener: EADDRINUSE whatever the options', async () => {
    await using lab = pair();
    lab.listen({ reuseAddress: on.old });
    expect(bindAgain(lab, on.new)).toBe('EADDRINUSE');
  });

  test(`over TIME_WAIT: ${both}`, async () => {
    await using lab = pair();
    const listener = lab.listen({ reuseAddress: on.old });
    const { client, server } = await lab.connected({ listener });
    listener.close();
    server.close();
    await lab.client.waits.reaches('CLOSE_WAIT');
    client.close();
    await lab.server.waits.reaches('TIME_WAIT', { localPort: PORT });
    expect(bindAgain(lab, on.new)).toBe(both);
  });

  test(`over an ESTABLISHED child of a closed listener: ${both}`, async () => {
    await using lab = pair();
    const listener = lab.listen({ reuseAddress: on.old });
    await lab.connected({ listener });
    listener.close();
    expect(bindAgain(lab, on.new)).toBe(both);
  });
});

test('a listener that was opened without SO_REUSEADDR is gone at once when nothing is left of it', async () => {
  await using lab = pair();
  lab.listen().close();
  expect(bindAgain(lab, false)).toBe('bound');
});

test('a listening socket that cannot bind leaves no descriptor open', async () => {
  await using lab = pair();
  lab.listen();
  const before = openSockets();
  expect(() => lab.listen()).toThrow('EADDRINUSE');
  expect([...openSockets()].filter((socket) => !before.has(socket))).toEqual([]);
});

/** The sockets that this process has open, by their inodes. Others may be closed on another thread meanwhile. */
function openSockets(): ReadonlySet<string> {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return new Set(links.filter((link) => link.startsWith('socket:')));
}
