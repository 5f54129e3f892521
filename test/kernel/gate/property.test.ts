import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Gate } from '../../../lab/gate/gates.ts';
import { GATE_NAMES } from '../../../lab/gate/kinds.ts';
import { pair } from '../support/pair.ts';
import { give, take } from '../support/transfer.ts';
import { until } from '../support/until.ts';

const BYTES = 60_000;
const SEQUENCES = 10;

const change = fc.record({
  side: fc.constantFrom('client' as const, 'server' as const),
  gate: fc.constantFrom(...GATE_NAMES.filter((name) => !name.includes('rst'))),
  afterMs: fc.integer({ min: 0, max: 60 }),
});

/** Sequences of gates that are opened and closed in turn, as fast-check makes them; `seed` makes them again. */
const seed = Date.now() % 1_000_000;
const sequences = fc.sample(fc.array(change, { minLength: 3, maxLength: 10 }), { numRuns: SEQUENCES, seed });

test.concurrent.each(sequences.map((changes, n) => ({ n, changes })))(
  `whatever gates open and close, no connection is lost for good (seed ${seed}, sequence $n)`,
  async ({ changes }) => {
    await using lab = pair();
    const gates = new Map<string, Gate>();
    const connecting = lab.connected();
    const transfer = connecting.then(async ({ client, server }) => {
      const taken = take(server, BYTES);
      for (let sent = 0; sent < BYTES; sent += 20_000) {
        await give(client, Buffer.alloc(20_000));
        await lab.server.waits.holds('LISTEN', 30, { remotePort: 0 });
      }
      client.shutdown('write');
      expect(await taken).toBe(BYTES);
      server.close();
      return true;
    });
    for (const { side, gate, afterMs } of changes) {
      await lab.server.waits.holds('LISTEN', afterMs, { remotePort: 0 });
      const known = gates.get(`${side} ${gate}`);
      if (known === undefined) gates.set(`${side} ${gate}`, await lab[side].gates.drop(gate));
      else if (known.isOpen) await known.close();
      else await known.open();
    }
    await Promise.all([...gates.values()].map((gate) => gate.open()));
    expect(await transfer).toBe(true);
    await lab.client.waits.reaches('TIME_WAIT', { deadlineMs: 15_000 });
    await until(lab.server, 'the end of the connection', (sockets) =>
      sockets.every(({ state }) => state === 'LISTEN' || state === 'TIME_WAIT'),
    );
  },
);
