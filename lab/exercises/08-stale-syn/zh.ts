import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '重放一个旧的 SYN，看看第三个报文段有什么用',
  checks: {
    replayed: {
      title: '你的 SYN 就是旧的那一个再来一次：来自同一个端口，序号也相同',
      help: '端口和序号都与旧的 SYN 相同，才是旧的那一个。第三和第四个参数就是这两个数；RawPeer 让你两个都能选。',
    },
    believed: {
      title: '服务器把它当作新的连接，作出应答，并停在 SYN_RCVD',
      help: '只发送那一个 SYN，之后什么也不发。',
    },
    'kernel-resets': {
      title: '你的主机自己的内核以重置应答 SYN-ACK；你的程序不再发送任何东西',
      help: '只发送那一个 SYN，之后什么也不发。你的主机的内核也会收到 SYN-ACK，而且知道该怎么做。',
    },
    forgotten: {
      title: '服务器立刻回到 LISTEN，上面没有任何程序得知过这个连接',
      help: '只发送那一个 SYN，之后什么也不发。',
    },
  },
  questions: {
    'server-knows': {
      ask: '旧的 SYN 到了。服务器的内核怎样对待它？',
      choices: {
        a: '看出序号是旧的，把它丢弃。',
        b: '以重置应答。',
        c: '以 SYN-ACK 应答，和对待任何别的 SYN 一样。',
      },
      hints: {
        a: '旧的连接已经不在表里：内核能拿什么来与这个序号比较？',
        b: '有程序在那个端口上监听，而这是一个 SYN。它与正常的 SYN 有什么区别？',
      },
    },
    'who-resets': {
      ask: '一个 SYN-ACK 到达你的主机。由谁应答它？',
      choices: {
        a: '你的程序：SYN 是它发的。',
        b: '内核，用一个 ACK：SYN-ACK 之后就该是 ACK。',
        c: '内核，用一个重置：没有套接字在等它。',
      },
      hints: {
        a: '那时你的程序甚至可能已经结束了。那台主机上还有谁会收到这个报文段？',
        b: '要发 ACK，就得有一个处于 SYN_SENT 的套接字。在客户端上输入 ss -tan：有吗？',
      },
    },
  },
  hints: [
    '服务器分不清旧的 SYN 和新的 SYN。谁分得清，那台主机又是什么时候得知的？',
    '原始套接字程序可以发出一个它的内核一无所知的 SYN。于是 SYN-ACK 遇到的内核没有与它对应的套接字，这个内核就自行应答。',
    'const peer = await RawPeer.to(address, Number(port), Number(localPort)); await peer.send("S", { seq: Number(number) });',
  ],
};
