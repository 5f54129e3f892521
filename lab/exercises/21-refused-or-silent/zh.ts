import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '分辨拒绝连接的端口和沉默的端口',
  checks: {
    asks: {
      title: '你的程序询问每个端口，关闭的端口立刻以 RST 回答',
      help: '参数是成对的：地址、端口、地址、端口，依此类推。每一对都要连接。',
    },
    patient: {
      title: '它等到内核试过第二次：丢一个 SYN 不等于沉默',
      help: '等久一点，或者把等待交给内核：它会自己放弃，报 ETIMEDOUT。',
    },
    refused: {
      title: '它列出每个拒绝连接的端口，并写明 refused',
      help: '错误码是 ECONNREFUSED 时，打印地址、冒号、端口、空格和那个词：198.18.0.2:80 refused',
    },
    silent: {
      title: '它列出每个保持沉默的端口，并写明 silent',
      help: '错误码是 ETIMEDOUT 时，或者你自己不再等下去时，打印这样一行：198.18.0.2:80 silent',
    },
  },
  questions: {
    'who-refuses': {
      ask: '服务器上根本没有程序在运行。拒绝 SYN 的那个重置是谁发送的？',
      choices: {
        a: '没有人：没有程序就没有回答。',
        b: '服务器的内核。',
        c: '客户端的内核，等得足够久之后。',
      },
      hints: {
        a: '练习 1 一开始，就有一个 SYN 发到没有人监听的端口。回来的是什么？',
        c: '客户端放弃时，只告诉它自己的程序。看看线路上：重置是朝哪个方向走的？',
      },
    },
    'how-long': {
      ask: '其中一个端口只丢第一个 SYN；之后它的主机像别的端口一样拒绝。这次拒绝要多久才来？',
      choices: { a: '不到十分之一秒。', b: '大约一秒。', c: '永远不来。' },
      hints: {
        a: '丢掉的 SYN 什么也换不来。被拒绝的是哪个 SYN，它是什么时候发送的？',
        c: '内核会自己再发一次 SYN：见练习 3。',
      },
    },
    'on-the-server': {
      ask: '你的客户端在 SYN_SENT 等待一个沉默的端口。ss 在服务器上显示什么？',
      choices: { a: '一个处于 SYN-RECV 的套接字。', b: '一个处于 LISTEN 的套接字。', c: '什么也没有。' },
      hints: {
        a: 'SYN 如果在内核收下它之前就被丢弃，就不会在那里留下痕迹。',
        b: '这些端口上都没有人监听。一个端口沉默，并不说明过滤器后面有什么。',
      },
    },
  },
  hints: [
    '这两种情况下，内核各告诉你的程序什么，多久之后告诉？如果一个 SYN 碰巧丢了呢？',
    'RST 让 connect() 以 ECONNREFUSED 结束。沉默则让它以 ETIMEDOUT 结束，那时内核已经重发过 SYN 并且放弃了。同时询问所有端口，它们就并排等待。',
    "connect({ host, port }).on('error', (error: NodeJS.ErrnoException) => console.log(error.code)); 不打印错误码，而是打印地址、端口和它所代表的那个词。",
  ],
};
