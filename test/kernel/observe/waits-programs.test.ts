import { describe, expect, test } from 'vitest';
import { failure } from '../support/failure.ts';
import { PORT, pair } from '../support/pair.ts';
import { program } from '../support/programs.ts';
import { written } from '../support/written.ts';

describe('programs', () => {
  test('one that fails ends the wait at once, with its sentence', async () => {
    await using lab = pair();
    using file = written(`throw new Error('no such port');`, 'server.ts');
    const programs = [await lab.server.run(file.file, [])];
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
    const running = await lab.server.run(file.file, []);
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
    const running = await lab.client.run(file.file, []);
    await running.exited;
    const wait = lab.server.waits.reaches('LISTEN', { programs: [running] });
    lab.listen();
    expect(await wait).toMatchObject({ state: 'LISTEN' });
  });

  test('one that the lab stopped does not end a wait', async () => {
    await using lab = pair();
    using file = written('setInterval(() => {}, 1_000);');
    const running = await lab.client.run(file.file, []);
    await running.stop();
    const wait = lab.server.waits.reaches('LISTEN', { programs: [running], deadlineMs: 700 });
    expect((await failure(wait)).code).toBe('deadline');
  });

  test('while one of two goes on the wait goes on', async () => {
    await using lab = pair();
    using short = written('');
    using long = written('setInterval(() => {}, 1_000);');
    const programs = [await lab.client.run(short.file, []), await lab.client.run(long.file, [])];
    await programs[0]?.exited;
    const wait = lab.server.waits.reaches('LISTEN', { programs, deadlineMs: 700 });
    expect((await failure(wait)).code).toBe('deadline');
  });
});

describe('opensRawSocket', () => {
  test.each([4, 6] as const)('is over when a raw program has its IPv%i socket open', async (ip) => {
    await using lab = pair({ ipv6: true });
    await lab.server.gates.drop('own-rst');
    const { address } = lab.endpoint('server', PORT, ip);
    const running = await lab.server.run(program('servers/withhold-syn-ack.ts'), [address, String(PORT)]);
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
