// Asks ADDRESS PORT pairs, all at once, and prints for each a line: `ADDRESS:PORT refused` or `ADDRESS:PORT silent`.
// For an RST against no answer at all: CLOSED at once, or SYN_SENT until the kernel gives up.
import { connect } from 'node:net';

const places = process.argv.slice(2);

for (let n = 0; n < places.length; n += 2) ask(places[n] ?? '', Number(places[n + 1]));

function ask(host: string, port: number): void {
  connect({ host, port }).on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') console.log(`${host}:${port} refused`);
    else if (error.code === 'ETIMEDOUT') console.log(`${host}:${port} silent`);
    else console.error(error.message);
  });
}
