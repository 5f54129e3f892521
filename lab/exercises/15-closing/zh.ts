import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '两端同时关闭，在 CLOSING 相遇',
  checks: {
    'both-close': {
      title: '两个程序都关闭，而且都还不知道对方的 FIN',
      help: '每个程序都要有自己的关闭理由：不要等另一端的 FIN。',
    },
    closing: {
      title: '两个 FIN 交叉，在两个 FIN 都还没有被确认时，两端都处于 CLOSING',
      help: '在连接还通着的时候关闭两端，然后把套接字交给内核，直到运行结束。',
    },
    'time-wait': {
      title: '最后每个 FIN 都被确认，两端都处于 TIME_WAIT',
      help: '把关闭交给内核：不要重置，也不要再发送什么。',
    },
  },
  questions: {
    'after-crossing': {
      ask: '两端都处于 FIN_WAIT_1。现在各自收到对方的 FIN，而这个 FIN 没有确认自己的 FIN。两端现在处于哪个状态？',
      choices: {
        a: '一个在 CLOSE_WAIT，另一个在 FIN_WAIT_2：两者之中必有一个是被动的一端。',
        b: '都在 CLOSING。',
        c: '都在 TIME_WAIT：各自都发送过一个 FIN，也收到了一个。',
      },
      hints: {
        a: 'FIN 到来时还没有关闭的一端才是被动的。这里哪一端是这样？',
        c: '知道自己的 FIN 已经到达的一端，才会进入 TIME_WAIT。是什么让它知道的，那个东西来了吗？',
      },
    },
    'who-waits': {
      ask: '最后，哪台主机上留下 TIME_WAIT？',
      choices: { a: '客户端。', b: '服务器。', c: '两台都有。', d: '两台都没有。' },
      hints: {
        a: '客户端是主动关闭的。还有谁也是？',
        b: '服务器是主动关闭的。还有谁也是？',
        d: '每一端都发送了对一个 FIN 的 ACK，却无法知道它是否已经到达。谁必须为此留下来？',
      },
    },
  },
  hints: [
    '一端如果在收到 FIN 之后才关闭，就会进入 LAST_ACK。那么它关闭的时候，什么必须还没有到达？',
    '每一端发送 FIN 都必须有自己的理由：客户端是因为已经连上，服务器是因为已经接受了连接。这样谁快谁慢就无所谓了，只要一个 FIN 发出时另一个还没有到达。',
    'client.ts: const socket = connect({ host, port: Number(port) }, () => socket.end());   server.ts: createServer((socket) => { socket.end(); … })',
  ],
};
