import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '中止：用零秒的 SO_LINGER 发 RST，不发 FIN',
  checks: {
    full: {
      title: '客户端的 1 MiB 里，立刻能发出的部分都发送出去',
      help: '一连接上就写 1 MiB：socket.write(Buffer.alloc(1 << 20))。',
    },
    'no-fin': {
      title: '客户端不按正常次序关闭：没有 FIN，既没有发送，也没有在等待',
      help: '不要 end()，不要 destroy()，也不要退出程序：这些都是普通的关闭。',
    },
    reset: {
      title: '客户端在大部分字节还没发送时发出 RST',
      help: '趁字节还在等待时要求重置。Node 的 Socket 有一个方法做这件事；在 C 里是秒数为 0 的 SO_LINGER，再加 close()。',
    },
    forgotten: {
      title: '两端立刻忘记了这个连接：哪里都没有 TIME_WAIT',
      help: '重置连接，之后不再对它做任何事。',
    },
  },
  questions: {
    'time-wait': {
      ask: '客户端中止了连接。之后哪一端处于 TIME_WAIT？',
      choices: { a: '客户端：是它先关闭的。', b: '服务器。', c: '都不是。' },
      hints: {
        a: '两个 FIN 都要 ACK，TIME_WAIT 属于发送其中最后一个 ACK 的一端。这里有几个 FIN？',
        b: '两个 FIN 都要 ACK，TIME_WAIT 属于发送其中最后一个 ACK 的一端。这里有几个 FIN？',
      },
    },
    'how-much': {
      ask: '这 1 MiB 里，有多少到达服务器的内核？',
      choices: {
        a: '全部：write() 已经收下了。',
        b: '前面一部分，即重置之前已经发出的那些。',
        c: '一点也没有。',
      },
      hints: {
        a: 'write() 只把字节交到发送方的队列，不会更远。重置会清空这个队列。',
        c: '重置之前发送的已经到达。看看 RST 的序号。',
      },
    },
    answer: {
      ask: '服务器对 RST 回答什么？',
      choices: { a: '一个 ACK。', b: '它自己的一个 RST。', c: '什么也不回答。' },
      hints: {
        a: 'ACK 的意思是“这个我收到了，继续吧”。服务器要对谁说呢？',
        b: '如果用重置来回答重置，两台主机就可以永远这样下去。',
      },
    },
  },
  hints: [
    'end() 说的是“我已经全部发送完了”。什么能说“全都忘掉”？',
    'SO_LINGER 打开、秒数为 0 的套接字，close() 时会丢掉没有发送的字节，并发送 RST。',
    'socket.write(Buffer.alloc(1 << 20)); socket.resetAndDestroy();',
  ],
};
