import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '连接：三个报文段到 ESTABLISHED',
  checks: {
    'three-segments': {
      title: '三个报文段打开连接：SYN、SYN-ACK、ACK',
      help: '连接到程序得到的地址和端口：connect({ host, port: Number(port) })。',
    },
    established: {
      title: '两个内核都让连接处于 ESTABLISHED',
      help: '保持连接，直到实验环境停止你的程序：不要 end()，不要 destroy()，不要 process.exit()。',
    },
    numbers: {
      title: 'SYN 占一个序号，ACK 不占序号',
      help: '把序号留给内核：只用 connect()，什么都不要手工做。',
    },
    'own-port': {
      title: '每个连接都从内核得到自己的端口',
      help: '不要在 connect() 里写 localPort，也不要 bind()：内核就会取一个空闲的端口。',
    },
  },
  questions: {
    'how-many': {
      ask: '在任何一方的程序能向另一方发送一个字节之前，线路上要经过多少个报文段？',
      choices: {
        a: '两个：一问一答。',
        b: '三个。',
        c: '四个：双方各问一次，各答一次。',
      },
      hints: {
        a: '两个报文段之后，服务器还不知道自己的 SYN 是否到达：它的答复可能是一个旧的 SYN 引来的。见 RFC 9293 第 3.5 节图 7，以及练习 8。',
        c: '服务器同时有两件事要说：确认你的 SYN，并发送自己的 SYN。一个报文段就装下了。',
      },
    },
    counts: {
      ask: 'SYN 的序号是 x，结束握手的 ACK 的序号是 x + 1。数据的第一个字节的序号是多少？',
      choices: { a: 'x + 1。', b: 'x + 2。', c: 'x + 3：它是 SYN 之后的第三个报文段。' },
      hints: {
        b: '如果 ACK 也占序号，它自己就需要被确认，对它的确认又需要被确认。',
        c: '序号数的是字节，不是报文段。只有 SYN 和 FIN 各像一个字节那样计数。',
      },
    },
    'which-port': {
      ask: '你没有说连接在你这一端用哪个端口。内核会取哪一个？',
      choices: {
        a: '与服务器相同的端口号。',
        b: '从它自己的范围里取一个空闲的（net.ipv4.ip_local_port_range）。',
      },
      hints: {
        a: '连接由两个地址和两个端口来识别。你机器上的两个浏览器访问同一个网站：它们的连接区别在哪里？',
      },
    },
  },
  hints: [
    '握手的三个报文段由谁发送，你的程序还是内核？那么留给你的程序做的是什么？',
    'connect(2) 向内核要一个连接：内核选择端口，发送 SYN，最后的 ACK 也由它发送。连接一直持续到你的程序关闭它，或者程序结束。',
    'const [host, port] = process.argv.slice(2); connect({ host, port: Number(port) });',
  ],
};
