// Tries to connect, waits for whatever comes of it, and prints the error's code: ECONNREFUSED, ETIMEDOUT …
// For SYN_SENT while nobody answers, until the kernel gives up; CLOSED at once when the answer is a reset.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) })
  .on('connect', () => console.log('connected'))
  .on('error', (error: NodeJS.ErrnoException) => console.log(error.code));
