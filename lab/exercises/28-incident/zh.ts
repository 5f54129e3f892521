import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '三个生病的服务：找出它们得了什么病',
  checks: {
    answered: {
      title: '每个问题都有回答，用的是 README 里的词',
      help: 'README 列出了四个字段各自可用的词。',
    },
    web: {
      title: 'web 上的服务：什么堆积在哪里，为什么，要改的是哪一端',
      help: './tcplab shell 28 web 会在该服务的主机上打开一个 shell。',
    },
    app: {
      title: 'app 上的服务：什么堆积在哪里，为什么，要改的是哪一端',
      help: './tcplab shell 28 app 会在该服务的主机上打开一个 shell。',
    },
    db: {
      title: 'db 上的服务：什么堆积在哪里，为什么，要改的是哪一端',
      help: './tcplab shell 28 db 会在该服务的主机上打开一个 shell。',
    },
  },
  questions: {
    'both-ends': {
      ask: '三个服务，各有一个服务器和一个客户端。是不是每个生病的连接，在它的两端都有套接字？',
      choices: {
        a: '是的：连接总有两端。',
        b: '不是：某个服务有一端什么也没有。',
      },
      hints: {
        a: '每个内核只保存自己的这一端。比较一下：ss -tan，以及在同一个 shell 里：on app ss -tan',
        b: '这一次，每个服务的两台主机上都显示有套接字。再看看端口：ss -tan，以及在同一个 shell 里：on app ss -tan',
      },
    },
    'whose-fault': {
      ask: '堆积在服务器上最容易看到。三个服务里，有几个要改的是客户端？',
      choices: { a: '一个也没有。', b: '一个。', c: '两个。', d: '三个都是。' },
      hints: {
        a: '要让每一处堆积消失，该由谁行动：等待的一方，还是被等待的一方？',
        b: '要让每一处堆积消失，该由谁行动：等待的一方，还是被等待的一方？',
        c: '要让每一处堆积消失，该由谁行动：等待的一方，还是被等待的一方？',
        d: '要让每一处堆积消失，该由谁行动：等待的一方，还是被等待的一方？',
      },
    },
  },
  hints: [
    '状态说的是它的内核在等什么。对每一处堆积：没有来的是什么，该由谁发送？',
    '根据两个端口，看同一个连接的两端。服务器上同样的症状，如果客户端没有对应的套接字，或者 Recv-Q 不是空的，原因就不同。',
    '在每台主机上：用 ss -ltn 看它的服务的端口和监听套接字的队列；然后在那里用 ss -tan "( sport = :PORT or dport = :PORT )"，在别的主机上前面加 `on HOST`。',
  ],
};
