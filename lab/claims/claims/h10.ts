import { claim, settledBy } from '../claim.ts';
import { opened } from '../ends.ts';
import { quoteSegments, quoteSs } from '../quote.ts';
import { HANDSHAKE } from '../runs/exercises.ts';

export const h10 = claim({
  id: 'H10',
  exercises: [2],
  text: {
    en: 'A client need not bind; the kernel picks port and address',
    zh: '客户端不必绑定；内核会选择端口和地址',
  },
  runs: { handshake: HANDSHAKE },
  settle({ handshake }) {
    const { evidence } = handshake;
    const ends = [opened(handshake, 0), opened(handshake, 1)].map(({ opener }) => opener.endpoint);
    const range = evidence.timeline.header.knobs.ip_local_port_range ?? '';
    const [low = 0, high = 65_535] = range.split(/\s+/).map(Number);
    const ports = ends.map(({ port }) => port);
    const isPicked = ports.every((port) => port >= low && port <= high) && ports[0] !== ports[1];
    return settledBy(
      isPicked && ends.every(({ address }) => evidence.isAt('client', address)),
      {
        true: {
          en: `The same program, started twice and without bind(), got the ports ${ports.join(' and ')}. Both are from the kernel’s own range, ${low} to ${high}, and the address is the one of the interface that leads to the server.`,
          zh: `同一个程序不调用 bind() 启动两次，得到端口 ${ports.join(' 和 ')}。两者都来自内核自己的范围 ${low} 到 ${high}，地址则是通往服务器的接口的地址。`,
        },
      },
      [
        ...quoteSegments(handshake, opened(handshake, 0).segments[0], opened(handshake, 1).segments[0]),
        { kind: 'sysctl', host: 'client', text: `ip_local_port_range = ${low} ${high}` },
        ...quoteSs(handshake, 'client', /^ESTAB /),
      ],
    );
  },
});
