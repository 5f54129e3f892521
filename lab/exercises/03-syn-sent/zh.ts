import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '停在 SYN_SENT，直到内核放弃，并报告它说了什么',
  checks: {
    refused: {
      title: '在没有人监听的端口上，一个 SYN 换来一个 RST',
      help: '连接到程序得到的地址和端口：connect({ host, port: Number(port) })。',
    },
    held: {
      title: '每个 SYN 都丢失时，客户端停在 SYN_SENT，直到它的内核放弃',
      help: '等待内核：不要自己的定时器，不要 destroy()，不要再试一次。',
    },
    again: {
      title: '在此期间内核按照它的内核参数重发 SYN',
      help: '把 SYN 留给内核：一次 connect()，然后等待。',
    },
    report: {
      title: '你的程序每次都打印它得到的错误代码',
      help: "监听套接字的 'error' 事件，用 console.log 打印 error.code。",
    },
  },
  questions: {
    'first-wait': {
      ask: '第一个 SYN 没有得到答复。内核等多久才发送下一个？',
      choices: { a: '五分之一秒。', b: '一秒。', c: '三秒。' },
      hints: {
        a: '那是往返时间已经测量过的连接的最短超时。对这个连接，内核还什么都不知道。',
        c: '2011 年以前是三秒：RFC 6298 把它降到了一秒。',
      },
    },
    'how-many': {
      ask: '这个练习里 tcp_syn_retries 是 2。你的内核一共发送多少个 SYN？',
      choices: { a: '两个。', b: '三个：第一个，加两次重试。', c: '三个以上。' },
      hints: {
        a: '第一个 SYN 不算重试。',
        b: 'Linux 6.5 之前是这样。从那以后，最初几次重传每隔一秒一次，而且内核数的是时间，不是报文段：sysctl net.ipv4.tcp_syn_linear_timeouts',
      },
    },
    'other-end': {
      ask: '客户端在 SYN_SENT 停了七秒。ss 在服务器上显示什么？',
      choices: { a: '一个处于 SYN-RECV 的套接字。', b: '什么也没有。' },
      hints: {
        a: '服务器只能记住已经到达的 SYN。SYN_SENT 是只有一端知道的事。',
      },
    },
  },
  hints: [
    '谁来决定等够了，你的程序还是内核？你的程序又怎样得知？',
    "connect() 发送一个 SYN 就立刻返回；内核会自己重发它。最后套接字会有一个 'error' 事件，错误里有一个代码。",
    "connect({ host, port: Number(port) }).on('error', (error: NodeJS.ErrnoException) => console.log(error.code));",
  ],
};
