import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '迟到的报文段遇上 TIME_WAIT',
  checks: {
    'time-wait': {
      title: '第一个连接传送数据，并在服务器上留下 TIME_WAIT',
      help: '打开连接，把第三个参数作为数据发送，等服务器的 FIN，再用你自己的 FIN 回答：send("F.")。',
    },
    reset: {
      title: '序号正确的迟到的 RST 不会结束 TIME_WAIT：tcp_rfc1337 已设置',
      help: '连接结束大约 300 ms 之后 send("R")：RawPeer 会填上服务器期望的下一个序号。',
    },
    'old-data': {
      title: '旧数据迟到，又来了一次，换来一个 ACK，此外什么也没有',
      help: '发送数据之前记下 peer.sendNext。连接结束大约 300 ms 之后，用这个序号发送同样的数据：send("P.", { seq, payload })。',
    },
    accepted: {
      title: '序号更大的新 SYN 从 TIME_WAIT 直接进入新的连接',
      help: '从同一个端口发送 SYN，序号要比 peer.sendNext 大得多：send("S", { seq })。',
    },
    'only-new': {
      title: '在新连接里，旧数据被当作旧数据来确认，只有新数据到达程序',
      help: 'SYN-ACK 之后：先发最后的 ACK，再发旧数据，用它旧的序号；等服务器回答了它，再发第四个参数，用下一个序号。',
    },
  },
  questions: {
    'late-data': {
      ask: '服务器处于 TIME_WAIT 时，一个已经结束的连接的数据又来了一次。服务器发送什么？',
      choices: {
        a: '什么也不发。',
        b: '一个 ACK，说明它接下来期望什么。',
        c: 'RST：连接已经结束。',
      },
      hints: {
        a: '对内核来说，这可能说明它自己的一个 ACK 丢了。看看线路上。',
        c: 'RST 的意思是没有这样的连接。处于 TIME_WAIT 时，内核还记得它。',
      },
    },
    'new-syn': {
      ask: '从同一个端口来了一个新的 SYN，它的序号比以前所有的都大。服务器怎么做？',
      choices: {
        a: '一直拒绝，直到 60 s 过去。',
        b: '立刻开始一个新连接，用自己的随机序号。',
        c: '立刻开始一个新连接，序号接着旧连接往上数。',
      },
      hints: {
        a: '序号更大的不可能是旧的重复报文段。那还等什么呢？',
        b: '在线路上比较服务器的两个 SYN-ACK：第二个序号离第一个连接的末尾有多远？',
      },
    },
  },
  hints: [
    '内核又看到同样的两个端口，怎么把旧报文段和新报文段分开？它们有什么不同？',
    '序号。旧数据带着旧序号，低于服务器期望的，只换来一个 ACK。序号大于所有旧序号的 SYN 不可能是旧的。原始套接字程序自己指定序号：{ seq }。',
    "await peer.send('R'); await peer.send('P.', { seq: oldNumber, payload: old }); … const first = (peer.sendNext + 100_000) >>> 0; await peer.send('S', { seq: first });",
  ],
};
