import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '被杀死，由内核来关闭',
  checks: {
    connected: {
      title: '你的程序连接上了',
      help: '连接到给定的地址和端口，并留在那里。',
    },
    stays: {
      title: '它的三次运行都停留在 ESTABLISHED，没有一次自己关闭',
      help: '让连接一直开着，让程序一直运行：不读取的套接字不会让程序继续运行，定时器会。',
    },
    interrupted: {
      title: 'SIGINT：程序没了，它的内核发送 FIN',
      help: '不要改动 SIGINT：没有处理函数时，它会结束程序。',
    },
    killed: {
      title: 'SIGKILL：任何程序都对它无能为力，内核仍然发送 FIN',
      help: '保持连接，直到结束的时刻到来。',
    },
    unread: {
      title: '服务器在第三个连接上发送了字节，它们未读地留在队列里',
      help: '不要读：在套接字连接上之前就 pause() 它。',
    },
    reset: {
      title: '带着未读的字节被杀死：内核发送 RST，而不是 FIN',
      help: '保持连接，直到结束的时刻到来，什么也不要读。',
    },
  },
  questions: {
    sigkill: {
      ask: 'SIGKILL 立刻结束一个程序：它没法向任何人告别。它的连接的另一端看到什么？',
      choices: { a: '什么也没有。', b: '一个 FIN。', c: '一个 RST。' },
      hints: {
        a: '套接字在谁手里：程序，还是内核？被杀死的又是谁？',
        c: '这个连接上什么也没有丢失。如果程序调用了 close()，内核会发送什么？',
      },
    },
    unread: {
      ask: '如果接收队列里还有程序没有读过的字节呢？',
      choices: { a: '什么也没有。', b: '一个 FIN。', c: '一个 RST。' },
      hints: {
        a: '程序打开过的一切，内核都会关闭。',
        b: 'FIN 等于说一切正常。另一端的字节被取走了吗？',
      },
    },
    owner: {
      ask: '程序已经死了，它的 FIN 还没有得到确认。处于 FIN_WAIT_1 的套接字是谁的？',
      choices: { a: '没有这样的套接字：它和程序一起死了。', b: '谁的也不是：只有内核还有它。' },
      hints: {
        a: '总得有人重发这个 FIN，直到它得到确认。看看 ss -tanp：那一行背后有进程吗？',
      },
    },
  },
  hints: [
    '程序无论怎样结束，它打开的文件和套接字由谁来关闭？',
    '内核替它调用 close()：发 FIN；如果收到的字节从未被读过，就发 RST（练习 23）。你的程序只需要在那里：连接着，不读，不关闭，没有 SIGINT 的处理函数。',
    "connect({ host, port: Number(port) }).on('error', () => {}).pause(); setInterval(() => {}, 60_000);",
  ],
};
