import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

let gone = 0;

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (question) => socket.write(question));
  socket.on('end', () => {
    gone += 1;
    if (gone === 50) process.exit();
  });
}).listen(Number(port), address);
