import { describe, expect, test } from 'vitest';
import { failure } from '../support/failure.ts';
import { PORT, pair } from '../support/pair.ts';
import { row } from '../support/until.ts';

describe('reaches', () => {
  test('gives the row of the socket', async () => {
    await using lab = pair();
    lab.listen();
    expect(await lab.server.waits.reaches('LISTEN', { localPort: PORT })).toMatchObject({
      state: 'LISTEN',
      local: { address: '198.18.0.2', port: PORT },
    });
  });

  test('CLOSED is reached when no socket fits, and gives none', async () => {
    await using lab = pair();
    lab.listen();
    expect(await lab.server.waits.reaches('CLOSED', { localPort: 81 })).toBeUndefined();
  });

  test('a deadline that passed shows what there was instead', async () => {
    await using lab = pair();
    lab.listen();
    await lab.client.gates.drop('syn-ack');
    lab.connect({ from: 5_000 });
    const wait = lab.server.waits.reaches('ESTABLISHED', { localPort: PORT, deadlineMs: 200 });
    expect(await failure(wait)).toMatchInlineSnapshot(`
      {
        "code": "deadline",
        "text": "Timed out after 200 ms waiting for server to reach ESTABLISHED on port 8080; it stayed LISTEN and SYN_RCVD.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
          #–# ms  SYN_RCVD     198.18.0.2:8080 ↔ 198.18.0.1:5000  sk:#  (# looks)
        last segments:
        # ms  client → server  5000 → 8080  S seq # win 64240 <mss 1460,sackOK,TS #:0,wscale 10>
        # ms  server → client  8080 → 5000  S. seq # ack # win 65160 <mss 1460,sackOK,TS #:#,wscale 10>",
      }
    `);
  });

  test('a deadline that passed without any socket', async () => {
    await using lab = pair();
    const wait = lab.client.waits.reaches('TIME_WAIT', { remotePort: PORT, deadlineMs: 50 });
    expect(await failure(wait)).toMatchInlineSnapshot(`
      {
        "code": "deadline",
        "text": "Timed out after 50 ms waiting for client to reach TIME_WAIT to port 8080; there is no such socket.
        sockets seen:
          none
        last segments:
          none",
      }
    `);
  });

  test('gives up when the only connection is past the state, and not before', async () => {
    await using lab = pair();
    await lab.connected();
    const wait = lab.client.waits.reaches('SYN_SENT', { remotePort: PORT, hopelessMs: 50 });
    expect((await failure(wait)).code).toBe('missed');
    expect(
      (await failure(lab.client.waits.reaches('SYN_SENT', { remotePort: PORT, deadlineMs: 100 }))).code,
    ).toBe('deadline');
  });

  test('does not give up on a state that a connection can still come to', async () => {
    await using lab = pair();
    const { client } = await lab.connected();
    const wait = lab.client.waits.reaches('FIN_WAIT_2', { remotePort: PORT, hopelessMs: 20 });
    await lab.client.waits.holds('ESTABLISHED', 60, { remotePort: PORT });
    client.shutdown('write');
    expect((await wait)?.state).toBe('FIN_WAIT_2');
  });
});

describe('holds', () => {
  test('tells how often it looked, and how wide the widest gap was', async () => {
    await using lab = pair();
    lab.listen();
    const hold = await lab.server.waits.holds('LISTEN', 100, { localPort: PORT });
    expect(hold.socket).toMatchObject({ state: 'LISTEN' });
    expect(hold.heldMs).toBeGreaterThanOrEqual(100);
    expect(hold.looks).toBeGreaterThan(2);
    expect(hold.widestGapMs).toBeLessThan(hold.heldMs);
  });

  test('looks at least twice, even for 0 ms', async () => {
    await using lab = pair();
    lab.listen();
    expect((await lab.server.waits.holds('LISTEN', 0)).looks).toBe(2);
  });

  test('goes on until a promise has settled, resolved or rejected', async () => {
    await using lab = pair();
    lab.listen();
    const until = lab.client.waits.holds('CLOSED', 80).then(() => Promise.reject(new Error('settled')));
    const hold = await lab.server.waits.holds('LISTEN', 0, { until });
    expect(hold.heldMs).toBeGreaterThan(70);
    await expect(until).rejects.toThrow('settled');
  });

  test('fails when the state is left in mid-hold, and says when and for what', async () => {
    await using lab = pair();
    lab.listen();
    const gate = await lab.server.gates.drop('fin');
    const { client } = await lab.connected({ listener: lab.listen({ port: 81 }), from: 5_000 });
    client.shutdown('write');
    await lab.client.waits.reaches('FIN_WAIT_1');
    const hold = failure(lab.client.waits.holds('FIN_WAIT_1', 3_000, { localPort: 5_000 }));
    await gate.open();
    expect(await hold).toMatchInlineSnapshot(`
      {
        "code": "left",
        "text": "client left FIN_WAIT_1 on port 5000 # ms into a hold of 3000 ms: it is in FIN_WAIT_2.
        sockets seen:
          #–# ms  FIN_WAIT_1   198.18.0.1:5000 ↔ 198.18.0.2:81  sk:#  (# looks)
          #–# ms  FIN_WAIT_2   198.18.0.1:5000 ↔ 198.18.0.2:81  sk:#  (# looks)
        last segments:
        # ms  client → server  5000 → 81  S seq # win 64240 <mss 1460,sackOK,TS #:0,wscale 10>
        # ms  server → client  81 → 5000  S. seq # ack # win 65160 <mss 1460,sackOK,TS #:#,wscale 10>
        # ms  client → server  5000 → 81  . ack #
        # ms  client → server  5000 → 81  F. seq # ack #
        # ms  server → client  81 → 5000  . ack #",
      }
    `);
  });

  test('fails when the socket is gone', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const hold = failure(lab.server.waits.holds('LISTEN', 3_000, { localPort: PORT }));
    listener.close();
    expect(await hold).toMatchInlineSnapshot(`
      {
        "code": "left",
        "text": "server left LISTEN on port 8080 # ms into a hold of 3000 ms: the socket is gone.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
        last segments:
          none",
      }
    `);
  });

  test('CLOSED is not held when a socket appears', async () => {
    await using lab = pair();
    const hold = failure(lab.server.waits.holds('CLOSED', 3_000, { localPort: PORT }));
    lab.listen();
    expect(await hold).toMatchInlineSnapshot(`
      {
        "code": "left",
        "text": "server left CLOSED on port 8080 # ms into a hold of 3000 ms: it is in LISTEN.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
        last segments:
          none",
      }
    `);
  });
});

describe('leaves', () => {
  test('gives the state that followed', async () => {
    await using lab = pair();
    const { client } = await lab.connected({ from: 5_000 });
    const left = lab.server.waits.leaves('ESTABLISHED', { remotePort: 5_000 });
    client.close();
    expect(await left).toBe('CLOSE_WAIT');
  });

  test('gives CLOSED when the socket is gone', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const left = lab.server.waits.leaves('LISTEN');
    listener.close();
    expect(await left).toBe('CLOSED');
  });

  test('CLOSED is left when a socket appears', async () => {
    await using lab = pair();
    const left = lab.server.waits.leaves('CLOSED');
    lab.listen();
    expect(await left).toBe('LISTEN');
  });

  test('a deadline that passed', async () => {
    await using lab = pair();
    lab.listen();
    const wait = lab.server.waits.leaves('LISTEN', { localPort: PORT, deadlineMs: 50 });
    expect(await failure(wait)).toMatchInlineSnapshot(`
      {
        "code": "deadline",
        "text": "Timed out after 50 ms waiting for server to leave LISTEN on port 8080; it stayed LISTEN.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
        last segments:
          none",
      }
    `);
  });
});

describe('never', () => {
  test('is content when the state does not appear', async () => {
    await using lab = pair();
    lab.listen();
    await lab.server.waits.never('SYN_RCVD', 50);
  });

  test('fails when it appears', async () => {
    await using lab = pair();
    const wait = failure(lab.server.waits.never('LISTEN', 3_000, { localPort: PORT }));
    lab.listen();
    expect(await wait).toMatchInlineSnapshot(`
      {
        "code": "appeared",
        "text": "server reached LISTEN on port 8080 after # ms, and never should.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
        last segments:
          none",
      }
    `);
  });
});

describe('saw', () => {
  test('a segment that came before counts, unless another time is said', async () => {
    await using lab = pair();
    const { client } = await lab.connected();
    expect((await lab.server.waits.saw({ flags: 'S' })).from).toBe('client');
    const sinceMs = lab.observation.recorder.milliseconds();
    const later = failure(lab.server.waits.saw({ flags: 'S' }, { sinceMs, deadlineMs: 50 }));
    client.close();
    expect((await later).code).toBe('deadline');
    expect((await lab.server.waits.saw({ has: 'F' }, { sinceMs })).atMs).toBeGreaterThan(sinceMs);
  });

  test('a deadline that passed', async () => {
    await using lab = pair();
    const wait = lab.server.waits.saw({ flags: 'S.', source: { port: PORT } }, { deadlineMs: 50 });
    expect(await failure(wait)).toMatchInlineSnapshot(`
      {
        "code": "deadline",
        "text": "Timed out after 50 ms waiting for server to see a SYN-ACK from port 8080.
        sockets seen:
          none
        last segments:
          none",
      }
    `);
  });
});

describe('sawAll', () => {
  test('waits for so many segments, retransmissions counted', async () => {
    await using lab = pair();
    lab.listen();
    await lab.server.gates.drop('syn');
    lab.connect();
    const syns = await lab.server.waits.sawAll(2, { flags: 'S' });
    expect(syns).toHaveLength(2);
    expect((syns[1]?.atMs ?? 0) - (syns[0]?.atMs ?? 0)).toBeGreaterThan(900);
  });

  test('a deadline that passed says how many were wanted', async () => {
    await using lab = pair();
    const wait = lab.server.waits.sawAll(3, { flags: 'S' }, { deadlineMs: 50 });
    expect((await failure(wait)).text).toMatch(
      /^Timed out after 50 ms waiting for server to see a SYN 3 times\./,
    );
  });
});

describe('until', () => {
  test('waits for whatever the table should show, and says what that was', async () => {
    await using lab = pair();
    lab.listen();
    await lab.server.waits.until('to have a socket', (sockets) => sockets.length === 1);
    const wait = lab.server.waits.until('to have two', (sockets) => sockets.length === 2, { deadlineMs: 50 });
    expect((await failure(wait)).text).toMatch(/^Timed out after 50 ms waiting for server to have two\./);
  });
});

test('somebody who waits is shown 200 looks a second, or what a bare timer comes to on a busy machine', async () => {
  await using lab = pair();
  lab.listen();
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 3);
  const { looks, heldMs } = await lab.server.waits.holds('LISTEN', 1_000);
  clearInterval(timer);
  expect(looks / (heldMs / 1_000)).toBeGreaterThan(Math.min(200, ticks * 0.8));
});

test('nobody waits, nobody looks', async () => {
  await using lab = pair();
  lab.listen();
  const { looks } = lab.server.witness.spans;
  await lab.client.waits.holds('CLOSED', 100);
  expect(lab.server.witness.spans.looks).toBe(looks);
});

test('a wait on an observation that is closed, or is being closed, ends with an error', async () => {
  await using lab = pair();
  lab.listen();
  expect(row(lab.server, {}).state).toBe('LISTEN');
  const wait = lab.server.waits.reaches('ESTABLISHED');
  await lab.observation.close();
  await expect(wait).rejects.toThrow('the witness of server is closed');
  await expect(lab.server.waits.reaches('LISTEN')).rejects.toThrow('the witness of server is closed');
});
