import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});

  // TODO: make the server end in LAST_ACK: its FIN is the last one, and waits for its ACK.
}).listen(Number(port), address);
