import { networkInterfaces } from 'node:os';

const [address = '', port, count] = process.argv.slice(2);

const family = address.includes(':') ? 'IPv6' : 'IPv4';
const own = networkInterfaces().eth0?.find((each) => each.family === family)?.address;

// TODO: fill the server's queue of half-open connections: open COUNT of them, and complete none.
console.log(`from ${own} to ${address}, port ${port}: ${count} connections`);
