// Told to (SIGUSR2), it closes its sending side; told again, it tries to send all the same, and then opens another connection.
// For what FIN_WAIT_2 can no longer do: the second SYN on the wire says that it was tried before.
import { on } from 'node:events';
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);
const orders = on(process, 'SIGUSR2');
// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);

function open(): KernelSocket {
  const socket = KernelSocket.open({ family: isIPv6(address) ? 6 : 4 });
  socket.connect({ address, port: Number(port) });
  return socket;
}

const socket = open();
await orders.next();
socket.shutdown('write');

await orders.next();
try {
  socket.send(Buffer.from('One more thing.\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
open();
