import { hostSuite } from '../../hosts/host-suite.ts';

const BLIND_MS = 1_500;

// The taps are in this process: while it is busy, nobody takes anything from them.
hostSuite('namespaces', async (_at, work) => {
  const done = work();
  const untilMs = performance.now() + BLIND_MS;
  while (performance.now() < untilMs);
  await done;
});
