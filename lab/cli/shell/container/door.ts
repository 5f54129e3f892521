/**
 * The program in an observer's container to which `on` and `next` speak. It passes on every line between them and the lab, which does
 * what they ask for. A socket that is a file, as the programs under test share this network and not these files.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { answerCalls, say } from '../../../host/docker/answers.ts';
import { DOOR, type DoorNews, type Said, type Told } from './messages.ts';

const visitors = new Map<number, Socket>();
let last = 0;

const tell = (news: DoorNews): void => say(news);

const server = createServer((socket) => {
  last += 1;
  const from = last;
  visitors.set(from, socket);
  // A visitor that leaves before it has read everything is an error to both.
  createInterface({ input: socket })
    .on('line', (line) => tell({ from, said: JSON.parse(line) as Said }))
    .on('error', () => {});
  socket.on('error', () => {});
  socket.on('close', () => {
    visitors.delete(from);
    tell({ from, gone: true });
  });
}).listen(DOOR);

answerCalls({
  async open() {
    if (!server.listening) await once(server, 'listening');
  },
  /** Says something to a visitor, and answers when there is room for more. */
  async tell(to: number, told: Told) {
    const visitor = visitors.get(to);
    if (visitor === undefined || visitor.write(`${JSON.stringify(told)}\n`)) return;
    await Promise.race([once(visitor, 'drain'), once(visitor, 'close')]);
  },
});
