import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '不发最后的 ACK，让服务器停在 SYN_RCVD',
  checks: {
    answered: {
      title: '服务器用 SYN-ACK 答复你的 SYN',
      help: '发送一个带 SYN 标志的报文段：RawPeer.to(address, port)，然后 send("S")。',
    },
    silent: {
      title: '你的主机既不发送最后的 ACK，也不发送重置',
      help: 'SYN-ACK 到达之后，什么都不要发送。',
    },
    held: {
      title: '服务器在 SYN_RCVD 停三秒',
      help: '保持沉默，直到服务器放弃：大约三秒。',
    },
    'given-up': {
      title: '服务器一秒之后重发 SYN-ACK，然后放弃，回到 LISTEN',
      help: '保持沉默，直到服务器放弃：大约三秒。',
    },
  },
  questions: {
    'after-silence': {
      ask: '你的程序从不答复 SYN-ACK。一秒之后服务器做什么？',
      choices: { a: '它关闭连接。', b: '它重发 SYN-ACK。', c: '什么也不做；它等待。' },
      hints: {
        a: '对服务器来说，丢失的 ACK 和从未发送的 ACK 看起来一样。换了你，你会怎么做？',
        c: '看线路的时间要超过一秒：在 ./tcplab shell 4 server 里输入 tcpdump -n tcp',
      },
    },
    'sees-it': {
      ask: '服务器处于 SYN_RCVD 时，服务器上的哪个程序知道这个连接？',
      choices: {
        a: '服务器程序：accept() 已经返回了它。',
        b: '没有：只有内核知道。ss 的那一行没有所有者。',
      },
      hints: {
        a: 'accept() 给出的是握手已经完成的连接。看看 ss 那一行的末尾：有没有 uid 和 inode？',
      },
    },
  },
  hints: [
    '服务器在两个报文段之间处于 SYN_RCVD。哪个报文段结束这个状态，它由谁发送？',
    '普通的套接字把那个 ACK 留给内核，内核立刻就发送。原始套接字程序只发送你让它发送的，别的什么都不发。',
    "const peer = await RawPeer.to(address, Number(port)); await peer.send('S'); await peer.receive('S.');",
  ],
};
