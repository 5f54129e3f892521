// Sends the SYN of a finished connection once more: from its port and with its number (third and fourth argument).
// For SYN_RCVD on a server that was asked by nobody: the kernel of this host answers the SYN-ACK with a reset.
import { RawPeer } from '#lab/raw';

const [address = '', port, localPort, number] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port), Number(localPort));
await peer.send('S', { seq: Number(number) });
