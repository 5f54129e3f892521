// Bounded: about 12 s, in one call for each second.
import { pbkdf2Sync } from 'node:crypto';

process.on('SIGTERM', () => {});
process.on('SIGXCPU', () => {});
const begin = Date.now();
pbkdf2Sync('password', 'salt', 100_000, 32, 'sha256');
const each = Math.max(1, Date.now() - begin);
for (let second = 0; second < 12 && Date.now() - begin < 12_000; second += 1)
  pbkdf2Sync('password', 'salt', Math.round((100_000 * 1_000) / each), 32, 'sha256');
