// COUNT clients (third argument), five at a time: each asks twice, for something of its own, and closes after the second answer.
// For CLOSE_WAIT on a server that forgets to close: as many as there were clients.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [host, port, count = '50', word = 'question'] = process.argv.slice(2);

let next = 1;
for (let line = 1; line <= 5; line += 1) void oneAfterTheOther();

async function oneAfterTheOther(): Promise<void> {
  while (next <= Number(count)) await ask(`${word} ${next++}`);
}

async function ask(question: string): Promise<void> {
  const socket = connect({ host, port: Number(port) });
  socket.on('error', () => {});
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  for (const time of ['first', 'second']) {
    socket.write(`${question} ${time}\n`);
    await answers.next();
  }
  socket.end();
}
