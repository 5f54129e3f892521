// Writes back what is there, and only where it is not the machine's.
import { readFileSync, writeFileSync } from 'node:fs';

if (process.pid > 50) process.exit(99);
let pattern = 'ok';
try {
  writeFileSync('/proc/sys/kernel/core_pattern', readFileSync('/proc/sys/kernel/core_pattern'));
} catch (error) {
  pattern = String((error as { code?: string }).code);
}
process.stdout.write(`${JSON.stringify({ pattern })}\n`, () => process.abort());
