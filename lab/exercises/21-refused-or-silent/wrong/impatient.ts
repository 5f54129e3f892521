import { connect } from 'node:net';

const places = process.argv.slice(2);

for (let n = 0; n < places.length; n += 2) ask(places[n] ?? '', Number(places[n + 1]));

function ask(host: string, port: number) {
  const socket = connect({ host, port, timeout: 500 })
    .on('error', () => console.log(`${host}:${port} refused`))
    .on('timeout', () => {
      console.log(`${host}:${port} silent`);
      socket.destroy();
    });
}
