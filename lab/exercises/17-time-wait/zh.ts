import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '丢掉最后的 ACK，让 TIME_WAIT 重新计时',
  checks: {
    'time-wait': {
      title: '你后关闭：服务器处于 TIME_WAIT，你没有套接字',
      help: '等服务器的 FIN 到来，确认它，然后再发你自己的 FIN：先 send(".")，再 send("F.")。',
    },
    resent: {
      title: '你的 FIN 在一个重传超时之后再次到来，与第一次相同',
      help: '发送 FIN 之前记下 peer.sendNext。大约 300 ms 之后，用这个序号再发一次 FIN：send("F.", { seq })。',
    },
    answered: {
      title: '服务器上已经没有程序，内核仍再次确认你的 FIN',
      help: '让你的原始套接字一直开着，直到第二个 ACK 到来；别的什么都不要发。',
    },
    restarted: {
      title: 'TIME_WAIT 的计时从 60 s 往下走，你的第二个 FIN 让它回到 60 s',
      help: '除了这一个 FIN，什么都不要发；而且要等计时走了大约 300 ms 再发。',
    },
    'sixty-seconds': {
      title: '你的第二个 FIN 过去一分钟后，服务器离开 TIME_WAIT',
      help: '第二个 FIN 之后什么都不要发：每个报文段都会让 60 s 重新开始。',
    },
  },
  questions: {
    'resent-fin': {
      ask: '服务器处于 TIME_WAIT 已有一会儿，这时你的 FIN 又来了一次。它的内核怎么做？',
      choices: {
        a: '什么也不做：这个 FIN 它已经见过。',
        b: '再发一次 ACK，它的 60 s 照旧往下走。',
        c: '再发一次 ACK，并让 60 s 重新开始。',
        d: '回以 RST：那里已经没有程序了。',
      },
      hints: {
        a: 'FIN 再次到来，说明对它的 ACK 丢了。除了这个内核，还有谁能再发一个？',
        b: '看看 ss -tano 里的定时器，在第二个 FIN 之前和之后各看一次。',
        d: 'RST 会告诉另一端：它的数据可能丢了。可是数据全都到了。这个状态正是为了防止这种事。',
      },
    },
    owner: {
      ask: '服务器程序的连接处于 TIME_WAIT 时，实验环境停止了这个程序。连接会怎样？',
      choices: {
        a: '留在 TIME_WAIT：这一行属于内核，不属于程序。',
        b: '没有了：进程结束时，内核会清理。',
      },
      hints: {
        b: '看 ss -tanoe 里这一行的末尾：有没有 inode？每个打开的描述符都有。',
      },
    },
  },
  hints: [
    '谁会进入 TIME_WAIT：先关闭的一端，还是后关闭的一端？如果最后的 ACK 丢了，那一端要做什么？',
    '后关闭的一端会重发它的 FIN，直到得到确认。原始套接字程序得自己来做，而且序号要相同：这是同一个 FIN。',
    "const seq = peer.sendNext; await peer.send('F.'); setTimeout(() => void peer.send('F.', { seq }), 300);",
  ],
};
