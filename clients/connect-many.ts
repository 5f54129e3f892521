// Opens COUNT connections to each ADDRESS PORT COUNT that it is given, and never closes one: when it ends, the kernel does.
// For many sockets in one state; which one is for the servers and gates to say.
import { connect } from 'node:net';

const wanted = process.argv.slice(2);

while (wanted.length > 0) {
  const [host, port, count] = wanted.splice(0, 3);
  for (let n = 0; n < Number(count); n += 1) {
    connect({ host, port: Number(port), allowHalfOpen: true })
      .on('error', (error) => console.error(error.message))
      .resume();
  }
}

// Connections whose other end has closed do not keep the program running; a timer does.
setInterval(() => {}, 60_000);
