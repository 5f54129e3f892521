import { networkInterfaces } from 'node:os';
import { sendSyns } from '#lab/raw';

const [address = '', port, count] = process.argv.slice(2);

const own = networkInterfaces().eth0?.find(({ family }) => family === 'IPv4')?.address ?? '';
sendSyns(own, { address, port: Number(port) + 1 }, Number(count));
