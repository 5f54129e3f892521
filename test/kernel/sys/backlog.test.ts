import { expect, test } from 'vitest';
import { PORT, pair } from '../support/pair.ts';
import { row, until } from '../support/until.ts';

test.each([0, 1, 3])(
  'listen(%i) holds one connection more, and drops the SYN of the next',
  async (backlog) => {
    await using lab = pair();
    const listener = lab.listen({ backlog });
    for (let n = 0; n <= backlog; n++) {
      lab.connect();
      await until(lab.server, `${n + 1} in the accept queue`, (sockets) =>
        sockets.some(({ state, receiveQueue }) => state === 'LISTEN' && receiveQueue === n + 1),
      );
    }
    const full = { receiveQueue: backlog + 1, sendQueue: backlog };
    const one = lab.connect();
    await lab.client.waits.holds('SYN_SENT', 100, { localPort: one.localEndpoint().port });
    expect(row(lab.server, { localPort: PORT, remotePort: 0 })).toMatchObject(full);

    expect(listener.accept()).toBeDefined();
    expect(row(lab.server, { localPort: PORT, remotePort: 0 })).toMatchObject({ receiveQueue: backlog });
    await lab.client.waits.reaches('ESTABLISHED', { localPort: one.localEndpoint().port });
    expect(row(lab.server, { localPort: PORT, remotePort: 0 })).toMatchObject(full);
  },
);

test('the backlog is cut to somaxconn', async () => {
  await using lab = pair({ knobs: { somaxconn: '7' } });
  lab.listen({ backlog: 100_000 });
  expect(row(lab.server, { localPort: PORT })).toMatchObject({ state: 'LISTEN', sendQueue: 7 });
});

test('accept finds nothing in an empty queue', async () => {
  await using lab = pair();
  expect(lab.listen().accept()).toBeUndefined();
});
