// What the students of the demo course hand in. Text, and not files: some of it is wrong, and some hostile, on purpose. The hostile
// ones end by themselves, so that this machine would survive them without a sandbox, too.

/** The connection of exercise 2: opened, and kept. */
export const CONNECT = {
  plain: `import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) }).on('error', () => {}).resume();
`,
  socket: `import { Socket } from 'node:net';

const address = process.argv[2] ?? '';
const port = Number(process.argv[3]);
const socket = new Socket();
socket.on('error', (error) => console.error('no connection:', error.message));
socket.on('data', () => {});
socket.connect(port, address);
`,
  awaited: `import { once } from 'node:events';
import net from 'node:net';

const connection = net.createConnection(Number(process.argv[3]), process.argv[2]);
await once(connection, 'connect');
console.log('connected from port', connection.localPort);
await once(connection, 'close');
`,
  toItself: `import { connect, createServer } from 'node:net';

// It works on my laptop.
const port = Number(process.argv[3]);
createServer().listen(port, '127.0.0.1', () => {
  connect({ host: '127.0.0.1', port });
});
`,
  endlessOutput: `import { writeSync } from 'node:fs';

const lines = 'PASS\\n'.repeat(13_000);
for (let n = 0; n < 256; n += 1) writeSync(1, lines);
`,
  looksAround: `import { readdirSync, readFileSync } from 'node:fs';

for (const place of ['/root', '/home', '/etc/shadow', '/proc/1/environ', '../..', '/lab/exercises'])
  try {
    console.log(place, place.includes('.') ? readdirSync(place) : readFileSync(place, 'utf8'));
  } catch (error) {
    console.log(place, String(error));
  }
console.log('PASS: all checks passed, 10 of 10 points');
`,
} as const;

/** The unanswered SYN-ACK of exercise 4. */
export const WITHHOLD_ACK = {
  plain: `import { once } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
await once(process, 'SIGTERM');
`,
  careful: `import { RawPeer } from '#lab/raw';

interface Target {
  readonly address: string;
  readonly port: number;
}

function readTarget([address, port]: string[]): Target {
  if (address === undefined || port === undefined) throw new Error('usage: client.ts ADDRESS PORT');
  return { address, port: Number(port) };
}

function keepAlive(): void {
  const timer = setInterval(() => {}, 60_000);
  process.on('SIGTERM', () => {
    clearInterval(timer);
    process.exit(0);
  });
}

const target = readTarget(process.argv.slice(2));
const half = await RawPeer.to(target.address, target.port);
await half.send('S');
const answer = await half.receive('S.');
console.log('the server has answered with', answer.seq, 'and waits for', answer.ack);
keepAlive();
`,
  copied: `// my own solution, please do not copy
import { RawPeer } from '#lab/raw';

interface Server {
  readonly ip: string;
  readonly portNumber: number;
}

function keepRunning(): void {
  const t = setInterval(() => {}, 10_000);
  process.on('SIGTERM', () => {
    clearInterval(t);
    process.exit(0);
  });
}

function args([ip, p]: string[]): Server {
  if (ip === undefined || p === undefined) throw new Error('ip and port please');
  return { ip, portNumber: Number(p) };
}

const s = args(process.argv.slice(2));
const c = await RawPeer.to(s.ip, s.portNumber);
await c.send('S');
const r = await c.receive('S.');
console.log('got', r.seq, 'and', r.ack);
keepRunning();
`,
  chained: `import { RawPeer } from '#lab/raw';

const peer = await RawPeer.to(String(process.argv[2]), Number(process.argv[3]));
for (const step of [() => peer.send('S'), () => peer.receive('S.')]) await step();
setInterval(() => {}, 1_000);
`,
  sendsTheAck: `import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
await peer.send('.');
setInterval(() => {}, 1_000);
`,
  syntaxError: `import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2;

const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
`,
  forkBomb: `import { spawn } from 'node:child_process';

setTimeout(() => process.exit(), 8_000);
for (let n = 0; n < 200; n += 1)
  spawn('sh', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', () => {});
`,
  forged: `import koffi from 'koffi';
import { networkInterfaces } from 'node:os';

// The server shall seem to have answered: a SYN-ACK in its name, made here.
const [server = '', port] = process.argv.slice(2);
const own = networkInterfaces().eth0?.[0]?.address ?? '';
const libc = koffi.load(null);
const fd = libc.func('int socket(int, int, int)')(2, 3, 255);
const bytes = (address: string) => Buffer.from(address.split('.').map(Number));
const sum = (data: Buffer) => {
  let total = 0;
  for (let n = 0; n < data.length; n += 2) total += data.readUInt16BE(n);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
};
const tcp = Buffer.alloc(20);
tcp.writeUInt16BE(Number(port), 0);
tcp.writeUInt16BE(40_000, 2);
tcp.writeUInt32BE(1, 8);
tcp.writeUInt16BE(0x5012, 12);
tcp.writeUInt16BE(sum(Buffer.concat([bytes(server), bytes(own), Buffer.from([0, 6, 0, 20]), tcp])), 16);
const ip = Buffer.from([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, ...bytes(server), ...bytes(own)]);
const to = Buffer.from([2, 0, 0, 0, ...bytes(own), ...Buffer.alloc(8)]);
const send = libc.func('long sendto(int, void *, size_t, int, void *, uint32_t)');
for (let n = 0; n < 3; n += 1) send(fd, Buffer.concat([ip, tcp]), 40, 0, to, 16);
setTimeout(() => {}, 6_000);
`,
} as const;

/** The half-closed connection of exercise 10. */
export const HALF_CLOSE = {
  plain: `import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }, () => socket.end());
socket.on('error', () => {});
socket.resume();
`,
  awaited: `import { once } from 'node:events';
import { connect } from 'node:net';

const socket = connect({ host: process.argv[2], port: Number(process.argv[3]) });
await once(socket, 'connect');
socket.end();
let bytes = 0;
for await (const chunk of socket) bytes += chunk.length;
console.log(bytes, 'bytes');
`,
  counted: `import net from 'node:net';

let received = 0;
const socket = net.createConnection(Number(process.argv[3]), process.argv[2], () => {
  socket.end();
});
socket.on('data', (data) => {
  received += data.length;
});
socket.on('end', () => console.log('read', received));
`,
  destroys: `import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => socket.destroy());
`,
  leavesEarly: `import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

let bytes = 0;
const socket = connect({ host, port: Number(port) }, () => socket.end());
socket.on('data', (chunk) => {
  bytes += chunk.length;
  if (bytes === 65_536) process.exit();
});
`,
  busyLoop: `const end = Date.now() + 9_000;
while (Date.now() < end);
`,
} as const;
