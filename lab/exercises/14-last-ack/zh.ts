import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '停在 LAST_ACK：最后的 ACK 没有来',
  checks: {
    passive: {
      title: '服务器让客户端先关闭，然后也关闭',
      help: '让连接一直开着，直到客户端关闭。然后也关闭你这一侧。',
    },
    held: {
      title: '只要对它的 FIN 的 ACK 不来，服务器就停在 LAST_ACK',
      help: '用普通的方式关闭，其余的交给内核。',
    },
    repeated: {
      title: '它再次发送 FIN，处于 TIME_WAIT 的客户端对每一个都作出确认',
      help: '把 FIN 交给内核：内核会一再发送它，直到它被确认。',
    },
    closed: {
      title: 'ACK 一到，服务器的套接字就消失；TIME_WAIT 属于客户端',
      help: '把套接字交给内核：对你的 FIN 的 ACK 到来时，LAST_ACK 就结束。',
    },
  },
  questions: {
    'lost-ack': {
      ask: '对服务器的 FIN 的 ACK 丢失了。谁会发现，又会怎么做？',
      choices: {
        a: '客户端：过一会儿它会再发一次 ACK。',
        b: '服务器：它再次发送 FIN，每个 FIN 都换来一个新的 ACK。',
        c: '没有谁：两端都已关闭。',
      },
      hints: {
        a: 'ACK 从不被确认，所以发送它的一方无法知道它丢失了。谁能知道？',
        c: '在服务器看来，它的 FIN 还没有到达。对没有被确认的东西，TCP 会怎么做？',
      },
    },
    'what-is-left': {
      ask: 'ACK 终于来了。服务器上还留下什么？',
      choices: {
        a: '一个处于 TIME_WAIT 的套接字。',
        b: '一个处于 CLOSE_WAIT 的套接字。',
        c: '除了监听套接字，什么也没有。',
      },
      hints: {
        a: 'TIME_WAIT 是为了应答再次到来的 FIN。哪一端还可能收到这样的 FIN？',
        b: '程序关闭，CLOSE_WAIT 就结束。程序关闭了吗？',
      },
    },
  },
  hints: [
    'LAST_ACK 是后关闭的一方才有的状态。那么，服务器必须在哪个事件之后关闭？',
    '客户端的 FIN 让服务器进入 CLOSE_WAIT，程序读到流的末尾。如果程序这时关闭，它的 FIN 就让服务器进入 LAST_ACK。服务器主机上的闸门拦住了 ACK。',
    "socket.resume(); socket.on('end', () => socket.end());   或者去掉 allowHalfOpen：那样 Node 会替你做。",
  ],
};
