import { connect } from 'node:net';

const [address = '', port] = process.argv.slice(2);

const nobody = address.replace(/\d+$/, '254');
connect({ host: nobody, port: Number(port) }).on('error', () => {});
setInterval(() => {}, 60_000);
