import { expect, test } from 'vitest';
import type { SegmentEvent } from '../../../lab/observe/timeline.ts';
import { pair } from '../support/pair.ts';
import { give, take } from '../support/transfer.ts';

const BYTES = 4 << 20;

test('4 MiB cross the link in frames of at most 1,500 bytes, each with a right checksum, none unseen', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const [taken] = await Promise.all([take(server, BYTES), give(client, Buffer.alloc(BYTES, 'tcplab'))]);
  expect(taken).toBe(BYTES);
  await lab.observation.look();
  const segments = lab.observation.recorder.events.filter(
    (event): event is SegmentEvent => event.kind === 'segment',
  );
  expect(Math.max(...segments.map(({ length }) => length))).toBe(1_500);
  expect(segments.filter(({ checksumOk }) => !checksumOk)).toEqual([]);
  const carried = segments.reduce((sum, { segment }) => sum + segment.payload.length, 0);
  expect(carried).toBeGreaterThanOrEqual(BYTES);
  await lab.observation.close();
  expect(lab.observation.recorder.events.filter(({ kind }) => kind === 'loss')).toEqual([]);
});

test('the kernel itself hands over single segments, so that a rule at the output hook sees each', async () => {
  await using lab = pair();
  const { stdout } = await lab.client.host.exec('ip', ['-d', 'link', 'show', 'eth0']);
  expect(stdout).toContain('gso_max_segs 1 ');
});
