import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Endpoint, family } from '../tcp/address.ts';

/** Where ephemeral ports begin and end on Linux, `ip_local_port_range`. */
const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

/** The address this machine would send from to `remote`, and a random port. The kernel's routes decide; nothing is sent. */
export async function localEndpointTo(remote: Endpoint): Promise<Endpoint> {
  const socket = createSocket(family(remote.address) === 4 ? 'udp4' : 'udp6');
  try {
    socket.connect(remote.port, remote.address);
    await once(socket, 'connect');
    return {
      address: socket.address().address,
      port: FIRST_PORT + Math.floor(Math.random() * (LAST_PORT + 1 - FIRST_PORT)),
    };
  } finally {
    socket.close();
  }
}
