import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '用保活（keepalive）发现对端已经不在，再从同一个端口回来',
  checks: {
    connected: {
      title: '你从给定的端口连接',
      help: '第三个参数是连接时要使用的本地端口：连接之前，把套接字绑定到它。',
    },
    probes: {
      title: '线路被切断，你的内核两次询问服务器是否还在',
      help: '保活默认是关闭的，套接字要求了才有：SO_KEEPALIVE，以及 TCP_KEEPIDLE，即第一个探测之前可以沉默多久。',
    },
    'given-up': {
      title: '两个探测都没有回答，你的内核放弃这个连接',
      help: 'TCP_KEEPCNT 是探测的个数：把它设为 2。setKeepAlive() 总是把它设成 10。',
    },
    'half-open': {
      title: '现在连接是半打开的：服务器上是 ESTABLISHED，客户端不知道它',
      help: '在你的内核放弃之前，不要去碰服务器。',
    },
    'came-back': {
      title: '你从同一个端口再次连接，服务器用挑战 ACK（challenge ACK）回答这个 SYN',
      help: '错误到来时，从与先前相同的端口再次连接。',
    },
    fresh: {
      title: '你的内核的 RST 结束旧连接，下一个 SYN 打开一个全新的连接',
      help: '让第二个连接一直开着，然后等待。',
    },
  },
  questions: {
    server: {
      ask: '客户端已经放弃。这时服务器处于哪个状态？',
      choices: { a: 'ESTABLISHED。', b: 'CLOSED：客户端已经重置了连接。', c: 'CLOSE_WAIT。' },
      hints: {
        b: '它确实发送了 RST。线路被切断时，RST 又能走哪条路过来？',
        c: 'CLOSE_WAIT 要有 FIN 才会出现。服务器什么也没有收到。',
      },
    },
    syn: {
      ask: '从那个旧连接的端口来了一个新的 SYN。服务器回答什么？',
      choices: {
        a: '一个 SYN-ACK：它重新开始。',
        b: '一个 RST：端口被占用了。',
        c: '一个 ACK，序号和确认号属于旧连接。',
      },
      hints: {
        a: '那样的话，任何猜中地址的人都能用一个伪造的 SYN 结束一个连接。',
        b: '服务器无法知道这个 SYN 是旧的、伪造的，还是真实的。它怎样才能问清楚，又不泄露任何东西？',
      },
    },
    size: {
      ask: '一个保活探测携带多少字节的数据？',
      choices: { a: '没有。', b: '一个。', c: '等待发送的有多少就带多少。' },
      hints: {
        b: 'RFC 9293 允许带一个旧的字节，那是为了非常老的主机。看看 tcpdump 里的长度。',
        c: '如果有字节在等待，就会有重传，也就不需要保活了。',
      },
    },
  },
  hints: [
    '什么也不发送，什么也不到来：你的内核怎么可能察觉线路被切断了？必须由谁来问？',
    'SO_KEEPALIVE 让它去问；TCP_KEEPIDLE、TCP_KEEPINTVL 和 TCP_KEEPCNT 规定何时开始、间隔多久、问多少次。Node 会自行把后两个设为 1 s 和 10，所以请用 KernelSocket 打开套接字。',
    'const socket = KernelSocket.open(); socket.setOption(1, 9, 1); socket.setOption(6, 4, 1); socket.setOption(6, 5, 1); socket.setOption(6, 6, 2); 然后 bind、connect，再 new Socket({ fd: socket.release() })',
  ],
};
