// Connects, and then neither reads nor closes: whatever closes the connection, it is not this program.
// For what the kernel does when a program dies: FIN, or RST when received bytes were never read.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) })
  .on('error', () => {})
  .pause();

// A socket that does not read does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
