import { describe, expect, test } from 'vitest';
import { Wire } from '../../../lab/gate/wire.ts';
import { PORT, pair } from '../support/pair.ts';
import { arrived } from '../support/segments.ts';
import { take } from '../support/transfer.ts';

describe('a wire', () => {
  test.each([4, 6] as const)(
    'over IPv%i: what is sent while it is held arrives later, in order',
    async (ip) => {
      await using lab = pair({ ipv6: true });
      const { client, server } = await lab.connected({ ip });
      const wire = new Wire(lab.client.host);
      await wire.hold();
      for (const text of ['one', 'two', 'three']) client.send(Buffer.from(text));
      client.shutdown('write');
      await lab.server.waits.holds('ESTABLISHED', 60, { localPort: PORT });
      expect(arrived(lab, lab.server, { payload: 'some' })).toHaveLength(0);
      await wire.release();
      expect(await take(server, 11)).toBe(11);
      await lab.server.waits.reaches('CLOSE_WAIT');
      const texts = arrived(lab, lab.server, { payload: 'some' }).map(({ payload }) =>
        Buffer.from(payload).toString(),
      );
      // What TCP has sent again meanwhile has waited behind the first.
      expect([...new Set(texts)].join('')).toBe('onetwothree');
    },
  );

  test('FINs held at both ends cross, whichever is let go first: CLOSING at both ends', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const acks = await Promise.all([lab.client, lab.server].map(({ gates }) => gates.drop('ack-of-fin')));
    const wires = [lab.server, lab.client].map(({ host }) => new Wire(host));
    for (const wire of wires) await wire.hold();
    client.shutdown('write');
    await lab.client.waits.holds('FIN_WAIT_1', 20);
    server.shutdown('write');
    for (const wire of wires) await wire.release();
    await Promise.all([lab.client.waits.reaches('CLOSING'), lab.server.waits.reaches('CLOSING')]);
    await Promise.all(acks.map((gate) => gate.open()));
    await Promise.all([lab.client.waits.reaches('TIME_WAIT'), lab.server.waits.reaches('TIME_WAIT')]);
  });
});
