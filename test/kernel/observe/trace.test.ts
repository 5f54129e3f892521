import { expect, test } from 'vitest';
import { keepTrace, keptTrace } from '../../../lab/host/namespaces/kept-trace.ts';
import { onlineProcessors } from '../../../lab/host/namespaces/trace-descriptors.ts';
import { loadTrace } from '../../../lab/observe/trace-share.ts';
import { pair } from '../support/pair.ts';

test('where no descriptors were handed over, everything is observed but the tracepoints', async () => {
  await using hosts = pair();
  await hosts.connected();
  const { header, events } = hosts.observation.timeline();
  expect(header).not.toHaveProperty('trace');
  expect(events.filter(({ kind }) => kind === 'trace')).toEqual([]);
  expect(events.filter(({ kind }) => kind === 'step')).toEqual([]);
});

test('descriptors that cannot be read end the trace, not the run: a step says why', async () => {
  process.env.TCPLAB_TRACE = '2/1';
  keepTrace(9_000);
  expect(process.env).not.toHaveProperty('TCPLAB_TRACE');
  expect(keptTrace()).toEqual({ descriptors: [9_000, 9_001], rings: 1 });
  await loadTrace();
  await using hosts = pair();
  await hosts.connected();
  const { header, events } = hosts.observation.timeline();
  expect(header).not.toHaveProperty('trace');
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'step', text: expect.stringMatching(/^no trace: /) }),
  );
});

test.each([
  ['0\n', [0]],
  ['0-3\n', [0, 1, 2, 3]],
  ['0,2-3,7\n', [0, 2, 3, 7]],
])('processors %j', (text, processors) => {
  expect(onlineProcessors(text)).toEqual(processors);
});
