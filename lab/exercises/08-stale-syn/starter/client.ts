import { RawPeer } from '#lab/raw';

const [address = '', port, localPort, number] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));

// TODO: let the SYN of the old connection arrive once more. It came from LOCALPORT and had this NUMBER.
console.log(`from ${peer.local.port}? It should be ${localPort}, with the number ${number}.`);
