import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '让 accept 队列溢出',
  checks: {
    backlog: {
      title: '你的监听套接字的队列上限是 1',
      help: '上限就是交给 listen(2) 的 backlog，别的数都不行：看看你的监听套接字的参数。',
    },
    queued: {
      title: '两个客户端在全连接队列（accept 队列）里等待，没有人接受它们',
      help: '不要调用 accept()。Node 会替你调用它：Node 一无所知的监听套接字是 KernelSocket。',
    },
    'late-ack': {
      title: '第三个客户端以为自己已经连上；服务器不理会它的 ACK，停在 SYN_RCVD',
      help: '监听套接字保持原样：上限是 1，没有人接受。',
    },
    'late-syn': {
      title: '另外两个客户端停在 SYN_SENT：它们的 SYN 被丢弃',
      help: '监听套接字保持原样：上限是 1，没有人接受。',
    },
    abort: {
      title: 'tcp_abort_on_overflow=1 时第三个客户端被重置；处于 SYN_SENT 的两个仍然没有任何答复',
      help: '监听套接字保持原样，直到运行结束。',
    },
  },
  questions: {
    'how-many': {
      ask: 'listen() 得到的 backlog 是 1。全连接队列（accept 队列）满的时候，里面有多少个连接在等待？',
      choices: { a: '没有。', b: '一个。', c: '两个。' },
      hints: {
        a: '比较监听套接字的 Recv-Q 和 Send-Q：ss -ltn',
        b: '队列比上限更长时内核才拒绝，一样长时不拒绝。看看 Recv-Q：ss -ltn',
      },
    },
    third: {
      ask: '第三个客户端的 ACK 碰上队列已满，服务器把它扔掉。第三个客户端处于哪个状态？',
      choices: { a: 'SYN_SENT', b: 'ESTABLISHED', c: 'CLOSED' },
      hints: {
        a: '结束 SYN_SENT 的是 SYN-ACK，而客户端已经收到了。在客户端上输入 ss -tn。',
        c: '还没有人告诉客户端任何事：ACK 是悄悄被扔掉的。',
      },
    },
    fourth: {
      ask: '第四个客户端的 SYN 碰上队列已满。服务器的内核怎样答复？',
      choices: {
        a: '重置：连接被拒绝。',
        b: 'SYN-ACK：之后客户端得等着。',
        c: '不答复。',
      },
      hints: {
        a: '重置就没有余地了；丢失的 SYN 一秒之后会再来，那时也许有位置。哪一种更友好？',
        b: '看看客户端：ss -tn state syn-sent',
      },
    },
  },
  hints: [
    '谁把连接从全连接队列（accept 队列）里取出来？没有人取的时候会怎样？',
    'node:net 的 createServer() 会立刻接受，不管你之后怎样对待连接。监听的 KernelSocket 只在调用 accept() 时才接受。',
    'KernelSocket.listening({ address, port: Number(port) }, { backlog: 1 }); 再加一个定时器，让程序继续运行。',
  ],
};
