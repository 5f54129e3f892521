import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '关闭一个方向，从另一个方向读 64 KiB',
  checks: {
    'closes-first': {
      title: '客户端发送 FIN，不发送重置',
      help: '一连上就关闭发送方向。在你关闭之前，服务器什么也不说。',
    },
    'half-closed': {
      title: '客户端停在 FIN_WAIT_2，仍可读取，服务器处于 CLOSE_WAIT',
      help: '只关闭发送方向，让程序和它的套接字继续存在：用 end()，不用 destroy()。',
    },
    answer: {
      title: '64 KiB 的回答全部在 FIN 之后到达，并且被客户端读走',
      help: '在 end() 之后，程序继续读到末尾：resume()、data 事件的处理函数，或者 for await。',
    },
    stays: {
      title: '客户端不再说什么，并且留到服务器也关闭为止',
      help: "让程序等待套接字的 'end' 事件：那是服务器的 FIN。读到很多，并不表示已经读完。",
    },
  },
  questions: {
    'what-flows': {
      ask: '客户端已经关闭它的发送方向，服务器也确认了。在这个连接上，还有什么能够传送？',
      choices: {
        a: '什么也不能：FIN 关闭连接。',
        b: '从服务器到客户端的数据。',
        c: '两个方向的数据，直到服务器也关闭。',
      },
      hints: {
        a: '看看 ss 显示什么：服务器上的 CLOSE-WAIT 是一个 write() 照常可用的状态。',
        c: 'FIN 是一个承诺：它之后不会再有任何字节。shutdown() 之后的 write() 会被内核以 EPIPE 拒绝。',
      },
    },
    'own-number': {
      ask: '客户端接收并确认 64 KiB 的时候，它自己的序号增加多少？',
      choices: { a: '增加 65,536。', b: '每确认一次，加一。', c: '完全不增加。' },
      hints: {
        a: '每一端数的是自己发送的东西。收到的东西由确认号来数。',
        b: '只有 SYN、FIN 和数据占用序号。如果确认也占用序号，又丢失了，会怎样？',
      },
    },
  },
  hints: [
    '一个连接有两个方向。FIN 关闭的是哪一个：发送它的一方的，还是收到它的一方的？',
    'close(2)，即 Node 的 destroy()，一下子交还两个方向；shutdown(2)，即 Node 的 end()，只关闭你发送的那个方向。之后你还能读，直到对方的 FIN：文件结束。',
    'const socket = connect({ host, port: Number(port) }, () => socket.end()); socket.resume();',
  ],
};
