import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '修好一个泄漏 CLOSE_WAIT 的服务器',
  checks: {
    answers: {
      title: '50 个客户端中的每一个都得到对它两个问题的回答',
      help: '一个客户端在它的连接上问两次。让连接一直开着，直到客户端关闭它。',
    },
    'no-reset': { title: '没有连接被重置', help: '用 FIN 关闭连接：end()。' },
    closed: {
      title: '全部 50 个套接字都自行离开 CLOSE_WAIT：先是 LAST_ACK，然后是 CLOSED',
      help: '除了你的程序，谁也不能结束 CLOSE_WAIT。客户端关闭之后，套接字会告诉你什么？',
    },
    listens: {
      title: '服务器仍在运行：从第一个客户端到最后一个，它的监听套接字一直都在',
      help: '程序一结束，它的所有套接字都会关闭，监听套接字也不例外。在程序里把连接一个一个地关闭。',
    },
  },
  questions: {
    'who-ends-it': {
      ask: '服务器的一个套接字处于 CLOSE_WAIT。谁能结束这个状态？',
      choices: {
        a: '内核，在 tcp_fin_timeout 到期时。',
        b: '服务器的程序，在它关闭套接字时。',
        c: '客户端，再发一个报文段。',
      },
      hints: {
        a: 'tcp_fin_timeout 管的是处于 FIN_WAIT_2 的孤儿套接字。内核无法知道程序还想发送什么。',
        c: '客户端说过，它不会再发来任何东西，它的内核也遵守这一点。缺的是谁的 FIN？',
      },
    },
    'what-is-left': {
      ask: '修好的服务器已经关闭了它的所有连接。两台主机的套接字表里，还能看到它们的什么？',
      choices: {
        a: '两台主机上都什么也没有。',
        b: '服务器上的 TIME_WAIT。',
        c: '客户端上的 TIME_WAIT。',
        d: '服务器上的 CLOSE_WAIT。',
      },
      hints: {
        a: '两台主机中有一台是先关闭的。在两个最大报文段生存期里，RFC 9293 要求它做什么？',
        b: '先关闭的一端最后停在 TIME_WAIT。这里是哪一端先关闭？',
        d: '程序关闭，CLOSE_WAIT 就结束，而这个程序会关闭。',
      },
    },
  },
  hints: [
    '在服务器的主机上运行 ss -tan：50 行 CLOSE-WAIT。轮到谁来关闭，客户端还是服务器？',
    "CLOSE_WAIT 从客户端的 FIN 到来时开始，到程序调用 close 时结束。程序通过文件结束得知这个 FIN：读到 0 字节，即 Node 的 'end' 事件。设了 allowHalfOpen: true，Node 就把其余的事留给你。",
    "socket.on('end', () => socket.end());",
  ],
};
