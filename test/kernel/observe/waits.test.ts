import { describe, expect, test } from 'vitest';
import { WaitError } from '../../../lab/observe/wait-error.ts';
import { PORT, pair } from '../support/pair.ts';
import { program } from '../support/programs.ts';
import { row } from '../support/until.ts';
import { written } from '../support/written.ts';

/** The error of a wait. What differs from run to run is `#`, and of equal lines, such as retransmissions, there is one. */
async function failure(wait: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await wait.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WaitError)) throw new Error(`not a WaitError: ${String(error)}`);
  const text = error.message
    .replaceAll(/sk:[0-9a-f]+/g, 'sk:#')
    .replaceAll(/(?<=seq |ack |TS |:)\d{5,}/g, '#')
    .replaceAll(/\d+\.\d+(?=(?:–| ms))/g, '#')
    .replaceAll(/\d+ looks?/g, '# looks')
    .replaceAll(/ {2,}(?=# ms)/g, '  ')
    .split('\n')
    .filter((line, n, lines) => line !== lines[n - 1])
    .join('\n');
  return { code: error.code, text };
}

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
    lab.client.gates.drop('syn-ack');
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
    const gate = lab.server.gates.drop('fin');
    const { client } = await lab.connected({ listener: lab.listen({ port: 81 }), from: 5_000 });
    client.shutdown('write');
    await lab.client.waits.reaches('FIN_WAIT_1');
    const hold = failure(lab.client.waits.holds('FIN_WAIT_1', 3_000, { localPort: 5_000 }));
    gate.open();
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

describe('programs', () => {
  test('one that fails ends the wait at once, with its sentence', async () => {
    await using lab = pair();
    using file = written(`throw new Error('no such port');`, 'server.ts');
    const programs = [lab.server.run(file.file, [])];
    const beganMs = performance.now();
    const { code, text } = await failure(
      lab.server.waits.reaches('LISTEN', { programs, deadlineMs: 20_000 }),
    );
    expect(performance.now() - beganMs).toBeLessThan(10_000);
    expect(code).toBe('program-ended');
    expect(text.split('\n')[0]).toBe(
      'server.ts on server ended with an error: Error: no such port (server.ts, line 1), while waiting for server to reach LISTEN.',
    );
  });

  test('one that ends by itself ends the wait after half a second', async () => {
    await using lab = pair();
    using file = written('', 'server.ts');
    const running = lab.server.run(file.file, []);
    await running.exited;
    const beganMs = performance.now() - running.endedForMs;
    const { code, text } = await failure(lab.server.waits.reaches('LISTEN', { programs: [running] }));
    expect(performance.now() - beganMs).toBeGreaterThan(495);
    expect(code).toBe('program-ended');
    expect(text.split('\n')[0]).toBe(
      'server.ts on server ended by itself with exit code 0, while waiting for server to reach LISTEN.',
    );
  });

  test('what a program leaves behind within half a second still counts', async () => {
    await using lab = pair();
    using file = written('', 'client.ts');
    const running = lab.client.run(file.file, []);
    await running.exited;
    const wait = lab.server.waits.reaches('LISTEN', { programs: [running] });
    lab.listen();
    expect(await wait).toMatchObject({ state: 'LISTEN' });
  });

  test('one that the lab stopped does not end a wait', async () => {
    await using lab = pair();
    using file = written('setInterval(() => {}, 1_000);');
    const running = lab.client.run(file.file, []);
    await running.stop();
    const wait = lab.server.waits.reaches('LISTEN', { programs: [running], deadlineMs: 700 });
    expect((await failure(wait)).code).toBe('deadline');
  });

  test('while one of two goes on the wait goes on', async () => {
    await using lab = pair();
    using short = written('');
    using long = written('setInterval(() => {}, 1_000);');
    const programs = [lab.client.run(short.file, []), lab.client.run(long.file, [])];
    await programs[0]?.exited;
    const wait = lab.server.waits.reaches('LISTEN', { programs, deadlineMs: 700 });
    expect((await failure(wait)).code).toBe('deadline');
  });
});

describe('opensRawSocket', () => {
  test.each([4, 6] as const)('is over when a raw program has its IPv%i socket open', async (ip) => {
    await using lab = pair({ ipv6: true });
    lab.server.gates.drop('own-rst');
    const { address } = lab.endpoint('server', PORT, ip);
    const running = lab.server.run(program('servers/withhold-syn-ack.ts'), [address, String(PORT)]);
    await lab.server.waits.opensRawSocket({ programs: [running] });
    lab.connect({ ip });
    await lab.client.waits.holds('SYN_SENT', 100);
    running.signal();
    await lab.client.waits.reaches('ESTABLISHED');
  });

  test('a program that opens an ordinary socket has opened no raw one', async () => {
    await using lab = pair();
    lab.listen();
    expect(await failure(lab.server.waits.opensRawSocket({ deadlineMs: 50 }))).toMatchInlineSnapshot(`
      {
        "code": "deadline",
        "text": "Timed out after 50 ms waiting for server to open a raw socket.
        sockets seen:
          #–# ms  LISTEN       198.18.0.2:8080 ↔ 0.0.0.0:0  sk:#  (# looks)
        last segments:
          none",
      }
    `);
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
  lab.observation.close();
  await expect(wait).rejects.toThrow('the witness of server is closed');
  await expect(lab.server.waits.reaches('LISTEN')).rejects.toThrow('the witness of server is closed');
});
