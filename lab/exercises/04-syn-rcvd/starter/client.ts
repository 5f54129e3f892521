import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));

// TODO: make the server enter SYN_RCVD, and keep it there.
