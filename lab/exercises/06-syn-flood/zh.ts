import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '用 SYN 洪泛填满半连接队列',
  checks: {
    flood: {
      title: '你的 SYN 到达，每个都来自不同的端口',
      help: '每个半开的连接在你这一侧都需要一个自己的端口。#lab/raw 里有一次用很多端口的办法：看看 sendSyns。',
    },
    silent: {
      title: '你不完成其中任何一个，也不重置任何一个',
      help: '只发送 SYN，别的什么也不发。普通的套接字会自己完成三次握手，原始套接字程序不会。',
    },
    full: {
      title: '服务器的半连接队列已满；找不到位置的 SYN 得不到应答',
      help: '从很多端口发送 SYN，然后就让它们那样放着。',
    },
    'shut-out': {
      title: '没有 cookie 时，正常的客户端停在 SYN_SENT',
      help: '让队列一直满着：让那些连接停在半开。',
    },
    cookies: {
      title: '有了 cookie，另一个正常的客户端进得来，而服务器不为它保留 SYN_RCVD',
      help: '让队列一直满着：让那些连接停在半开。',
    },
  },
  questions: {
    'no-room': {
      ask: '队列已满，cookie 是关闭的。再来一个 SYN，服务器会怎么做？',
      choices: {
        a: '丢弃最老的半开连接，腾出位置。',
        b: '以重置应答：没有位置。',
        c: '丢弃这个 SYN，不作任何应答。',
      },
      hints: {
        a: '之前和之后各数一次 SYN-RECV 的行数：ss -tn state syn-recv | wc -l',
        b: '重置会让正常的客户端就此放弃。沉默则让它一秒之后再试。',
      },
    },
    remembers: {
      ask: 'cookie 是打开的，一个正常客户端的 ACK 丢失了。在服务器上，这个客户端处于哪个状态？',
      choices: { a: 'SYN_RCVD', b: '没有状态：服务器没有它的套接字。', c: 'ESTABLISHED' },
      hints: {
        a: '那样的话，洪泛还会和以前一样填满队列。服务器必须知道的东西，还能放在哪里？',
        c: '那需要收到 ACK，而 ACK 丢失了。',
      },
    },
  },
  hints: [
    '一个 SYN 要服务器付出什么？如果 ACK 和重置都永远不来，服务器什么时候才能收回它？',
    '每个半开的连接由它的四元组标识。一个客户端地址有成千上万个端口，而原始套接字程序不用 TCP 套接字，就能从每个端口发出一个 SYN。',
    'sendSyns(own, { address, port: Number(port) }, Number(count)); 其中 own 是 eth0 的 IPv4 地址，取自 node:os 的 networkInterfaces()',
  ],
};
