import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

KernelSocket.listening({ address, port: Number(port) }, { backlog: 1 });
const family = address.includes(':') ? 6 : 4;
for (let n = 0; n < 5; n += 1) KernelSocket.open({ family }).connect({ address, port: Number(port) });
setInterval(() => {}, 60_000);
