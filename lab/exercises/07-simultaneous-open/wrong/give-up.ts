import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), localPort: Number(localPort) });
socket.on('error', () => {});
setTimeout(() => socket.destroy(), 250);
setInterval(() => {}, 60_000);
