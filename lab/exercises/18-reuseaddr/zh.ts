import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '在自己留下的 TIME_WAIT 上重启服务器',
  checks: {
    'time-wait': {
      title: '被杀死的服务器在它的端口上留下 TIME_WAIT',
      help: '在给定的地址和端口上监听，接受连接，并让连接一直开着：实验环境会在它开着的时候结束你的程序。',
    },
    'noreuse-noreuse': {
      title: '先前不带 SO_REUSEADDR，之后也不带：它不能再次监听',
      help: 'Node 会给它自己绑定的一切设置 SO_REUSEADDR。请用 KernelSocket 手工绑定，再交给 listen({ fd })。',
    },
    'noreuse-reuse': {
      title: '先前不带，之后带：还是不能',
      help: '只有留下 TIME_WAIT 的那个服务器也设置过这个选项，它才有用。被告知 `reuse` 时就设置，其他时候都不要设置。',
    },
    'reuse-noreuse': {
      title: '先前带，之后不带：也不能',
      help: '只在被告知 `reuse` 时设置这个选项，不要用任何别的方式设置。',
    },
    'reuse-reuse': {
      title: '先前带，之后也带：它能监听，尽管有 TIME_WAIT',
      help: '每次被告知 `reuse` 时，都在 bind() 之前设置 SO_REUSEADDR：KernelSocket.listening 接受 { reuseAddress }。',
    },
    alone: {
      title: '带 SO_REUSEADDR 的第二个服务器不能与第一个并排监听',
      help: '让几个服务器并排监听的是 SO_REUSEPORT，而不是 SO_REUSEADDR：请用后者，而且只用后者。',
    },
  },
  questions: {
    'only-new': {
      ask: '旧服务器运行时不带 SO_REUSEADDR，在它的端口上留下了 TIME_WAIT。新服务器设置了它。bind() 会成功吗？',
      choices: { a: '会：这个选项就是为此而设的。', b: '不会：EADDRINUSE。' },
      hints: {
        a: '两个套接字都必须允许共用。TIME_WAIT 的那一行保留着旧套接字当初的设置。',
      },
    },
    'two-listeners': {
      ask: '一个带 SO_REUSEADDR 的服务器正在监听。第二个服务器也带 SO_REUSEADDR，绑定同样的地址和端口。会怎样？',
      choices: {
        a: '两个都监听，内核把连接分给它们。',
        b: '第二个得到 EADDRINUSE。',
      },
      hints: {
        a: '那是另一个选项。请在 socket(7) 里查 SO_REUSEPORT。',
      },
    },
  },
  hints: [
    '端口仍被占用：已经没有程序了，是谁占着？ss -tan state time-wait 会显示出来。',
    'SO_REUSEADDR 是套接字的选项，必须在 bind() 之前设置。连接从它的监听套接字继承这个选项，TIME_WAIT 也保留它。Node 总会给它自己绑定的套接字设置这个选项，所以不带它的套接字必须手工创建。',
    "KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: option === 'reuse' })",
  ],
};
