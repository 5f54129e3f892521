// Bounded: about 12 s, in calls of a second or less.
import { pbkdf2Sync } from 'node:crypto';

process.on('SIGTERM', () => {});
process.on('SIGXCPU', () => {});
const begin = Date.now();
pbkdf2Sync('password', 'salt', 100_000, 32, 'sha256');
const each = Math.max(1, Date.now() - begin);
while (Date.now() - begin < 12_000)
  pbkdf2Sync('password', 'salt', Math.round((100_000 * 1_000) / each), 32, 'sha256');
