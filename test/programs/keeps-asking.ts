// Opens COUNT connections to ADDRESS PORT, and on each sends REQUEST again and again, 20 ms after the answer to the one before.
// For servers under a load that is no burden.
import { connect } from 'node:net';

const [host, port, count, request = ''] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port) });
  const ask = (): boolean => socket.write(request);
  socket.on('connect', ask).on('data', () => setTimeout(ask, 20));
  socket.on('error', (error) => console.error(error.message));
}
