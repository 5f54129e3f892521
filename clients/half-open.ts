// Opens many connections by half: a SYN from each of COUNT ports (third argument, 300 if not given), and no ACK ever.
// For SYN_RCVD in bulk: full SYN queues, SYN cookies. Its host's gate `own-rst` must be closed.
import { networkInterfaces } from 'node:os';
import { sendSyns } from '#lab/raw';

const [address = '', port, count = '300'] = process.argv.slice(2);

const wanted = address.includes(':') ? 'IPv6' : 'IPv4';
const own = networkInterfaces().eth0?.find(({ family }) => family === wanted)?.address ?? address;
sendSyns(own, { address, port: Number(port) }, Number(count));
