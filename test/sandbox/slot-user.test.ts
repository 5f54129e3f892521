import { expect, test } from 'vitest';
import { takeSlotUser } from '../../lab/host/sandbox/slot-user.ts';

const FAR_UP = 90_000;

test.runIf(process.getuid?.() === 0)(
  'as root no two slots have the same user id, and one that is let go is had again',
  () => {
    const [first, second] = [takeSlotUser(FAR_UP), takeSlotUser(FAR_UP)];
    expect(second.uid).toBeGreaterThan(first.uid);
    first.release();
    const again = takeSlotUser(FAR_UP);
    expect(again.uid).toBe(first.uid);
    again.release();
    second.release();
  },
);

test.runIf(process.getuid?.() !== 0)('everybody else has one id for all slots: their own', () => {
  expect(takeSlotUser(0).uid).toBe(process.getuid?.());
});
