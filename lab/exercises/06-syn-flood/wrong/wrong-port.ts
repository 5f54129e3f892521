import { networkInterfaces } from 'node:os';
import { sendSyns } from '#lab/raw';

const [address = '', port, count] = process.argv.slice(2);

const wanted = address.includes(':') ? 'IPv6' : 'IPv4';
const own = networkInterfaces().eth0?.find(({ family }) => family === wanted)?.address ?? '';
sendSyns(own, { address, port: Number(port) + 1 }, Number(count));
