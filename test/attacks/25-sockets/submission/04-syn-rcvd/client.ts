// Bounded: 100,000 sockets, 5 s.
import { KernelSocket } from '#lab/socket';

const all: KernelSocket[] = [];
setTimeout(() => console.log(all.length), 5_000);
try {
  for (let n = 0; n < 100_000; n += 1) all.push(KernelSocket.listening({ address: '0.0.0.0', port: 0 }));
} catch {
  // All there are.
}
