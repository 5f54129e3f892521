import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '带着未读的字节关闭：没有人要求，却发出 RST',
  checks: {
    delivered: {
      title: '客户端的字节到达服务器，服务器的内核确认它们',
      help: '在给定的地址和端口上监听，并让连接一直开着，直到字节到来。',
    },
    unread: {
      title: '服务器关闭时，这些字节还未读地留在队列里',
      help: '不要读取到来的字节：在 createServer() 的文档里查 pauseOnConnect。',
    },
    reset: {
      title: '服务器关闭，它的内核发送 RST，而不是 FIN',
      help: '用 destroy() 把套接字整个关闭：正是 close(2) 让内核去看队列。',
    },
    why: {
      title: '内核这样做是因为未读的字节，而不是因为 SO_LINGER',
      help: '不要动 SO_LINGER：用 destroy()，不用 resetAndDestroy()。',
    },
    sender: {
      title: '客户端的连接没有了，没有 FIN，也没有 TIME_WAIT',
      help: '关闭一次，其余的交给内核。',
    },
  },
  questions: {
    close: {
      ask: '服务器关闭一个还有未读字节的连接。它的内核发送什么？',
      choices: {
        a: 'FIN：没有人要求重置。',
        b: 'RST。',
        c: '先发 FIN，再把那些字节发回去。',
      },
      hints: {
        a: 'FIN 会告诉客户端，它发送的一切都被取走了。是这样吗？',
        c: '已经确认的，绝不会退回去。客户端还能怎样得知它们丢了？',
      },
    },
    acknowledged: {
      ask: '程序从未读过这些字节，它们还是被确认了吗？',
      choices: {
        a: '是的，一到就确认了。',
        b: '没有：ACK 的意思是程序已经读了。',
      },
      hints: {
        b: '看看客户端的 Send-Q：它是 0，而服务器的 Recv-Q 里每个字节都还在。',
      },
    },
  },
  hints: [
    'FIN 向另一端保证了什么？有字节被丢掉时，内核还能这样保证吗？',
    '接收队列里还有字节时，close(2) 会发送 RST（RFC 2525，2.17）。所以：接受连接，不要读，等字节到了就关闭。',
    'createServer({ pauseOnConnect: true }, (socket) => …)；第二个连接到来时，对第一个连接调用 socket.destroy()。',
  ],
};
