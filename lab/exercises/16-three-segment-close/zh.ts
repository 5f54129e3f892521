import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '用三个报文段关闭：FIN_WAIT_1 → TIME_WAIT',
  checks: {
    answered: {
      title: '服务器回答请求，并让客户端先关闭',
      help: '把收到的内容发回去，在客户端关闭之前不要关闭。',
    },
    'one-segment': {
      title: '服务器的一个报文段既确认客户端的 FIN，又携带自己的 FIN',
      help: '一读到流的末尾就关闭：其间没有什么要发送，也没有什么要等待。',
    },
    three: {
      title: '整个关闭正好用三个报文段',
      help: '在你的 FIN 之后，不要再发送任何东西。',
    },
    path: {
      title: '客户端从 FIN_WAIT_1 直接进入 TIME_WAIT，从不经过 FIN_WAIT_2',
      help: '从对客户端 FIN 的 ACK 到你的 FIN，客户端处于 FIN_WAIT_2。不要在两者之间留出时间。',
    },
  },
  questions: {
    'how-many': {
      ask: '服务器一读到末尾就关闭。两端加起来，这次关闭要用几个报文段？',
      choices: { a: '两个。', b: '三个。', c: '四个：每个 FIN 都有它的 ACK。' },
      hints: {
        a: '每一端都必须得知自己的 FIN 已经到达。最后发送 FIN 的一端，不靠另一个报文段能知道吗？',
        c: '三次握手之后的每个报文段都携带一个确认，FIN 也一样。谁说 ACK 必须单独走？',
      },
    },
    skipped: {
      ask: '客户端跳过了哪个状态？',
      choices: { a: 'FIN_WAIT_1。', b: 'FIN_WAIT_2。', c: 'TIME_WAIT。', d: '没有跳过。' },
      hints: {
        a: '客户端已经发出 FIN，还没有任何东西回来。那是什么状态？',
        c: '先关闭的一方必须等待，以防它最后的 ACK 丢失。这一点变了吗？',
        d: 'FIN_WAIT_2 从对 FIN 的 ACK 到来时开始，到另一端的 FIN 到来时结束。它们什么时候来？',
      },
    },
  },
  hints: [
    '一次关闭需要四条消息：FIN、对它的 ACK、另一个 FIN、对它的 ACK。其中哪两条方向相同，又一前一后？',
    '内核不会立刻确认 FIN：它大约等 40 ms，看有没有什么能携带这个 ACK。如果程序在这段时间之内关闭，它的 FIN 就能携带。',
    "socket.on('data', (data) => socket.write(data)); socket.on('end', () => socket.end());   或者只用一句：socket.pipe(socket);",
  ],
};
