import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '向已经挂断的服务器写数据，并且挺过去',
  checks: {
    'hung-up': {
      title: '客户端连接，服务器关闭：它的 FIN 到来',
      help: '连接到给定的地址和端口，等服务器发送的内容结束。',
    },
    wrote: {
      title: '客户端在这之后写数据，而且没有关闭自己的一侧',
      help: "等套接字的 'end' 事件，那时再写。",
    },
    reset: {
      title: '第一次写成功；服务器的内核用 RST 回答它',
      help: '写一次，稍等片刻，看回来的是什么。',
    },
    'nothing-more': {
      title: 'RST 之后写的东西不会离开客户端：没有数据，没有 FIN',
      help: '出错之后不要再动这个套接字。',
    },
    survived: {
      title: '程序挺过了错误：它再次连接',
      help: "写失败由 'error' 事件报告。请监听它，它到来时重新连接。",
    },
  },
  questions: {
    first: {
      ask: '服务器已经关闭。客户端这时写的第一份数据会怎样？',
      choices: {
        a: '写失败，什么也不发送。',
        b: '写成功，字节发送出去，回来一个 RST。',
        c: '字节发送出去，并得到确认。',
      },
      hints: {
        a: '客户端看到的只是一个 FIN。FIN 说过另一端不会再读了吗？',
        c: '服务器把两个方向都关闭了。那里还有谁来接收这些字节？',
      },
    },
    second: {
      ask: '那么它在 RST 之后写的第二份数据呢：有多少会到线路上？',
      choices: { a: '全部，并且回来第二个 RST。', b: '一点也没有：写立刻失败。' },
      hints: { a: 'RST 之后，内核已经没有可以用来发送字节的连接了。' },
    },
  },
  hints: [
    'FIN 说的是“我不再发送了”。关于读，它说了什么？',
    "第一次写的数据会发送出去，换来一个 RST；下一次写才失败，得到 EPIPE。在 C 里，这还会伴随 SIGPIPE，它会结束程序；Node 忽略这个信号，并发出 'error' 事件。",
    "connect({ …, allowHalfOpen: true }); 在 'end' 时，每 20 ms 写一次；在 'error' 时，停止写并再次连接",
  ],
};
