// Closes every connection as soon as it is accepted, for reading and for writing: nothing that still comes is taken.
// For CLOSE_WAIT on the client, and RST for whatever it writes then.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => socket.destroy()).listen(Number(port), address);
