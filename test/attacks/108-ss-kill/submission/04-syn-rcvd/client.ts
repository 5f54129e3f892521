import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { report } from './calls.ts';
import { ask } from './netlink.ts';

const server = createServer().listen(20_001, '127.0.0.1');
await once(server, 'listening');
const table = (): string => spawnSync('ss', ['-Htln'], { encoding: 'utf8' }).stdout;
const listening = table().includes(':20001');
spawnSync('ss', ['-K', 'sport', '=', ':20001'], { encoding: 'utf8' });
// struct inet_diag_req_v2: IPv4, TCP, every state, and the socket's ends.
const request = Buffer.alloc(56);
request[0] = 2;
request[1] = 6;
request.writeUInt32LE(0xffff_ffff, 4);
request.writeUInt16BE(20_001, 8);
Buffer.from([127, 0, 0, 1]).copy(request, 12);
request.fill(0xff, 48);
report({ listening, destroy: ask(4, 21, request), alive: table().includes(':20001') });
server.close();
