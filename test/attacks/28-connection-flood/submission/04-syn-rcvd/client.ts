// Bounded: 5,000 connections, 6 s.
import { connect } from 'node:net';

const [address, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
for (let n = 0; n < 5_000; n += 1) connect(Number(port), address).on('error', () => {});
