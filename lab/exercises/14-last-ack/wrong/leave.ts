import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer(() => process.exit()).listen(Number(port), address);
