import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

const clients = new Set();

createServer({ allowHalfOpen: true }, (socket) => {
  clients.add(socket);
  socket.on('error', () => {});
  socket.on('data', (question) => socket.write(question));
  socket.on('end', () => {
    clients.delete(socket);
    socket.removeAllListeners();
    socket.unref();
  });
}).listen(Number(port), address);
