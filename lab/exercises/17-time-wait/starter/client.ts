import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
await peer.receive('F.');

// TODO: acknowledge the server's FIN and close your side, so that the server enters TIME_WAIT.
//       Then behave as if the server's last ACK had never arrived.
setInterval(() => {}, 60_000);
