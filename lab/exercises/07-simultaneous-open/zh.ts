import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '从两端打开同一个连接，没有服务器',
  checks: {
    'both-connect': {
      title: '两个程序都发起连接，各从自己的端口连到对方的端口',
      help: '要让对方遇得到你，就需要一个对方事先知道的端口：第三个参数就是你的端口。如果你不选，由谁来选？',
    },
    'no-server': {
      title: '两台主机上都没有谁在监听',
      help: '不要创建服务器：两个 connect() 调用就够了。',
    },
    'syn-sent': {
      title: '两个 SYN 都还没有到达时，双方同时处于 SYN_SENT',
      help: '发起连接，然后等待，需要多久就等多久。',
    },
    crossing: {
      title: '双方都从 SYN_SENT 进入 SYN_RCVD：各自收到的是 SYN，而不是 SYN-ACK',
      help: '发起连接，然后留在那里：到来的东西由内核应答。',
    },
    'one-connection': {
      title: '由此产生一个连接，两端都处于 ESTABLISHED，并且一直保持',
      help: '保持连接，直到你的程序被停止：不要关闭它。',
    },
  },
  questions: {
    'how-many': {
      ask: '两端在同一时刻互相发起连接。会产生几个连接？',
      choices: {
        a: '一个也没有：没有谁在监听，所以双方都被拒绝。',
        b: '一个。',
        c: '两个，每个方向一个。',
      },
      hints: {
        a: '没有套接字与 SYN 相配时，它才会被拒绝。这里有一个处于 SYN_SENT 的套接字，四元组正好与它一致。',
        c: '连接由它的四元组标识：两个地址和两个端口。这里有几组四元组？',
      },
    },
    'after-syn': {
      ask: '处于 SYN_SENT 的套接字收到一个不带 ACK 的 SYN。它进入哪个状态？',
      choices: { a: 'ESTABLISHED', b: 'SYN_RCVD', c: 'CLOSED' },
      hints: {
        a: '它已经听到了对端，但它知道对端也听到了它吗？',
        c: '看 RFC 9293 的图 5：除了通向 CLOSED 的箭头，还有两个箭头从 SYN_SENT 出发。',
      },
    },
  },
  hints: [
    '一个 SYN 到达一个自己也发出过 SYN 的套接字：哪四个数必须相符，两者才属于同一个连接？',
    '客户端如果不选端口，内核就随便给它一个，于是对端的 SYN 找不到任何人。端口必须事先知道：先绑定它，再发起连接。',
    'connect({ host, port: Number(port), localPort: Number(localPort) })',
  ],
};
