// Bounded: 15 s.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
createServer().listen(0);
spawn(process.execPath, ['-e', 'setTimeout(() => {}, 15_000)'], { stdio: 'ignore' });
setTimeout(() => process.exit(), 15_000);
