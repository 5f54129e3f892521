import { connect } from 'node:net';

const places = process.argv.slice(2);

for (let n = 0; n < places.length; n += 2) ask(places[n] ?? '', Number(places[n + 1]));

function ask(host: string, port: number) {
  // TODO: find out whether this port refuses or keeps silent, and print `ADDRESS:PORT refused` or `ADDRESS:PORT silent`.
}
