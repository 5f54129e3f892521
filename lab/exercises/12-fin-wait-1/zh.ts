import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '留下一个处于 FIN_WAIT_1 的套接字',
  checks: {
    farewell: {
      title: '客户端发送几个字节，然后发送 FIN，不发送重置',
      help: '发起连接，发送一行，然后关闭。',
    },
    orphan: {
      title: '程序放开套接字之后，套接字仍停在 FIN_WAIT_1',
      help: '没有谁应答你的 FIN，所以不会有事件告诉你的程序一切顺利。还是要让它结束。',
    },
    again: {
      title: '内核再次发送字节和 FIN，每次等待的时间加倍',
      help: '只发送几个字节，让它们装得进一个报文段，其余的交给内核。',
    },
    delivered: {
      title: '闸门打开后，字节和 FIN 都到达，虽然程序已经不在了',
      help: '用正常的方式把套接字交给内核：end() 或 destroy()，或者只是让程序结束。',
    },
  },
  questions: {
    'after-the-program': {
      ask: '你的程序已经结束，它的 FIN 没有被确认。在客户端上，ss 显示什么？',
      choices: {
        a: '什么也没有：套接字随程序一起消失。',
        b: 'FIN-WAIT-1，没有所有者。',
        c: 'TIME-WAIT：客户端是先关闭的。',
      },
      hints: {
        a: '内核已经承诺送达 write() 收下的东西。程序不在了，套接字是谁的？',
        c: 'TIME_WAIT 要等两个 FIN 都被确认之后才到来。其中哪一个已经被确认了？',
      },
    },
    waits: {
      ask: '什么都没有被确认。每次再发 FIN 之前，内核要等多久？',
      choices: { a: '每次都一样久。', b: '每次都是上一次的两倍。', c: '它不会再发。' },
      hints: {
        a: '如果在一条堵塞的路径上，许多发送方都像之前一样快地重发，它就会一直堵着。见 RFC 6298 规则 5.5。',
        c: '对 TCP 来说，丢失一个 FIN 和丢失一个字节是一样的：两者都有序号，都必须有谁来确认。',
      },
    },
    'the-bytes': {
      ask: '程序结束时，那些字节还没有被确认。网络恢复之后，它们会怎样？',
      choices: { a: '它们会到达。', b: '它们丢失了：没有谁留下来发送它们。' },
      hints: {
        b: 'write() 把字节交给内核。在程序结束之后看看 Send-Q：它们现在是谁的？',
      },
    },
  },
  hints: [
    'FIN 没有谁确认时，由谁再次发送它：你的程序，还是内核？内核做这件事需要你的程序吗？',
    'end() 把最后的字节和 FIN 交给内核，它的回调说明内核已经收下它们。它并不说明它们已经到达：要知道这一点，你的程序就得等到对方的 FIN 到来。',
    "socket.end('Goodbye.\\n', () => process.exit());",
  ],
};
