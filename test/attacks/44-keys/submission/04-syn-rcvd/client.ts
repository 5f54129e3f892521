import { readFileSync } from 'node:fs';
import { attempt, report, tried } from './calls.ts';

let keys = '';
const code = tried(() => {
  keys = readFileSync('/proc/keys', 'utf8');
});
report({
  add: attempt('add_key', 'user', 'attack', 'payload', 7, -4),
  request: attempt('request_key', 'user', 'attack', null, -4),
  session: attempt('keyctl', 1, 0),
  read: attempt('keyctl', 11, -4, Buffer.alloc(64), 64),
  keys: code === 'ok' ? keys.slice(0, 80) : code,
});
