import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

function attempt(left: number) {
  const socket = connect({ host, port: Number(port), timeout: 1_000 })
    .on('error', (error: NodeJS.ErrnoException) => console.log(error.code))
    .on('timeout', () => {
      socket.destroy();
      if (left > 0) attempt(left - 1);
      else console.log('ETIMEDOUT');
    });
}

attempt(6);
