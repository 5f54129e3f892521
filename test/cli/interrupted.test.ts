import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { belongings } from '../support/leftovers.ts';
import { leavesNothingBehind, nothingLeft, startTour, tourTakes } from './killed-tours.ts';

let tourMs = 0;

beforeAll(async () => {
  tourMs = await tourTakes();
});

// 100 of them: npm run soak.
leavesNothingBehind(40, 180_000);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s at any moment: exit 130, and nothing is left',
  async (signal) => {
    for (const moment of [0.1, 0.5, 0.9]) {
      const marker = `tcplab-${signal}-${process.pid}-${moment}`;
      const child = startTour(marker, ['--hold', '60000']);
      const exited = once(child, 'exit');
      child.stdout.resume();
      child.stderr.resume();
      await expect
        .poll(async () => (await belongings(marker)).namespaces.length, { timeout: 10_000, interval: 5 })
        .toBeGreaterThan(0);
      await delay(moment * tourMs);
      child.kill(signal);
      expect(await exited).toEqual([130, null]);
      await nothingLeft(marker);
    }
  },
);
