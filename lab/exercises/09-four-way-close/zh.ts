import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '走完五个关闭状态，关闭一个连接',
  checks: {
    'client-first': {
      title: '客户端先关闭，用一个 FIN',
      help: '客户端一连上就关闭：用什么来结束 Node 套接字的发送方向？',
    },
    waits: {
      title: '客户端的 FIN 之后，服务器让自己这一侧再开半秒，然后关闭',
      help: "在服务器里，套接字的 'end' 事件之后再过半秒才关闭：这个事件就是客户端的 FIN。",
    },
    'five-states': {
      title: '两个内核走完全部五个关闭状态，服务器先到 CLOSED',
      help: '其余的交给两个内核：调用 end() 之后，两个程序都不需要再做什么。',
    },
    numbers: {
      title: '每个 FIN 占一个序号：对 u 的应答是 u + 1，对 w 的应答是 w + 1',
      help: '每一侧关闭一次，各用一个自己的 FIN。看看最后几个报文段的 seq 和 ack。',
    },
  },
  questions: {
    'after-fin': {
      ask: '服务器的内核已经确认了客户端的 FIN。客户端在哪个状态里等待服务器关闭？',
      choices: { a: 'FIN_WAIT_1', b: 'FIN_WAIT_2', c: 'TIME_WAIT', d: 'CLOSED' },
      hints: {
        a: '在 FIN_WAIT_1 里，还有两样东西没有来：对 FIN 的 ACK，以及对方的 FIN。其中一样已经来了。',
        c: '要到不会再有什么来的时候，也就是对方的 FIN 之后，才轮到 TIME_WAIT。服务器还可能发送数据。',
        d: '服务器还没有关闭：它还可能发送数据，总得有谁来接收。',
      },
    },
    'who-is-left': {
      ask: '两个程序都已关闭，每个 FIN 都已被确认。谁在套接字表里还有一行？',
      choices: { a: '只有服务器。', b: '只有客户端。', c: '两者都有。', d: '谁也没有。' },
      hints: {
        a: '服务器知道它的 FIN 已被确认。客户端知道那个确认是否到达了吗？',
        c: '两者之中有一个已经看到自己发出的一切都被确认，对它来说没有任何悬念。',
        d: '关闭之后，在两台主机上都输入 ss -tan。最后的 ACK 可能已经丢失：谁必须还在，好再发一次？',
      },
    },
  },
  hints: [
    '一个 FIN 关闭一个方向。另一个方向由谁关闭，又是什么让你的服务器关得太早？',
    'Node 一读到第一个方向的末尾，就会自己关闭第二个方向，除非创建服务器时设了 allowHalfOpen: true。那样的话，关闭就是你的事。',
    "createServer({ allowHalfOpen: true }, (socket) => { socket.resume(); socket.on('end', () => setTimeout(() => socket.end(), 500)); })",
  ],
};
