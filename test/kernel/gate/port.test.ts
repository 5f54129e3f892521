import { expect, test } from 'vitest';
import { pair } from '../support/pair.ts';

test('a gate for one port holds back what arrives there, and lets everything else pass', async () => {
  await using lab = pair();
  const gate = await lab.server.gates.drop('everything', { port: 81 });
  const listener = lab.listen({ port: 82 });
  lab.listen({ port: 81 });
  lab.connect({ port: 81 });
  await lab.connected({ listener });
  await lab.server.waits.saw({ flags: 'S', destination: { port: 81 } });
  expect(gate.port).toBe(81);
  expect((await gate.dropped()).segments).toBeGreaterThan(0);
  await lab.client.waits.reaches('SYN_SENT', { remotePort: 81 });

  await gate.open();
  await lab.client.waits.reaches('ESTABLISHED', { remotePort: 81 });
});

test('a gate for one port that drops what leaves looks at the port of its own host', async () => {
  await using lab = pair();
  const gate = await lab.server.gates.drop('own-rst', { port: 81 });
  lab.connect({ port: 82 });
  await lab.client.waits.saw({ has: 'R', source: { port: 82 } });
  expect((await gate.dropped()).segments).toBe(0);
  lab.connect({ port: 81 });
  await lab.server.waits.saw({ flags: 'S', destination: { port: 81 } });
  await lab.client.waits.holds('SYN_SENT', 20, { remotePort: 81 });
  expect((await gate.dropped()).segments).toBe(1);
});

test('a port must be one', async () => {
  await using lab = pair();
  await expect(lab.server.gates.drop('syn', { port: 0 })).rejects.toThrow(RangeError);
  await expect(lab.server.gates.drop('syn', { port: 65_536 })).rejects.toThrow(RangeError);
});
