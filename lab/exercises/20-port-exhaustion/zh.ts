import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '把端口用尽，以及两种解法',
  checks: {
    exhausted: {
      title: '你的客户端先关闭，16 个连接之后内核没有端口了',
      help: '被告知 `first` 时：打开一个连接，提问，等到回答，用 end() 关闭它，等到 "close"，再打开下一个。',
    },
    'other-side': {
      title: '如果服务器先关闭，同样这些端口就够所有连接使用',
      help: '被告知 `last` 时：打开连接，提问，读取回答，等服务器关闭之后才关闭。然后打开下一个。',
    },
    'tw-reuse': {
      title: 'tcp_tw_reuse=1 时，你的客户端又能打开连接，用的是处于 TIME_WAIT 的端口',
      help: '不需要新写什么：你的程序会再启动一次，连接的个数不同。它说多少个，就打开多少个。',
    },
    waited: {
      title: '60 s 之后端口又空闲了，不用改内核参数',
      help: '不需要新写什么：你的程序会再启动一次。',
    },
  },
  questions: {
    'who-pays': {
      ask: '你的客户端一个接一个地打开并关闭到同一个服务器的连接。由谁关闭，它才永远不会用尽端口？',
      choices: { a: '客户端。', b: '服务器。', c: '没有区别。' },
      hints: {
        a: 'TIME_WAIT 留在先关闭的一端，并在那里占着一个端口。端口在哪台主机上紧缺？',
        c: '分别对两个服务器，数一数客户端上 TIME-WAIT 的行数。',
      },
    },
    'other-server': {
      ask: '连接过服务器的一个端口之后，16 个端口全都处于 TIME_WAIT。客户端还能打开到这个服务器另一个端口的连接吗？',
      choices: {
        a: '能：一个端口只是和另外三个值一起被占用。',
        b: '不能：处于 TIME_WAIT 的端口被占用着。',
      },
      hints: {
        b: '是什么让一个连接独一无二：单单是这个端口，还是两个地址和两个端口？',
      },
    },
  },
  hints: [
    '哪一端停留在 TIME_WAIT，它在哪台主机上占着一个端口？在两台主机上各运行 ss -tan state time-wait 就知道。',
    '发送第一个 FIN 的一端进入 TIME_WAIT。end() 会发送它。如果一个套接字只是读取，服务器的 FIN 到来时 Node 会把它关闭。',
    "const socket = connect({ host, port: Number(port) }); socket.write('?'); await once(socket, 'data'); if (closes === 'first') socket.end(); await once(socket, 'close');",
  ],
};
