import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '有主与无主的 FIN_WAIT_2',
  checks: {
    two: {
      title: '两个连接，都由客户端关闭：两个都处于 FIN_WAIT_2',
      help: '向服务器打开两个连接，把两个都结束：每个都必须发送 FIN。',
    },
    orphan: {
      title: '用 close 关闭的那个没有所有者，1 s 之后消失，不经过 TIME_WAIT',
      help: '把两个中的一个彻底关闭，让任何程序都不再持有它。',
    },
    owned: {
      title: '另一个仍有所有者，一直留着',
      help: '只结束一个连接的发送方向，并让程序继续运行。',
    },
  },
  questions: {
    'orphan-next': {
      ask: '用 close 关闭的那个套接字处于 FIN_WAIT_2，而服务器永远不发送它的 FIN。这个套接字会到哪里去？',
      choices: {
        a: '停在 FIN_WAIT_2，直到服务器关闭。',
        b: '到 TIME_WAIT，停留 60 s。',
        c: '在 tcp_fin_timeout 之后消失，不经过 TIME_WAIT。',
      },
      hints: {
        a: 'RFC 9293 是这样说的。但再也没有谁能从那个套接字读取。有一百万个这种客户端的服务器该怎么办？',
        b: '另一端的 FIN 到来时，TIME_WAIT 才开始。它来了吗？',
      },
    },
    'shut-next': {
      ask: '那么只做了 shutdown、程序还在继续运行的那一个呢？',
      choices: {
        a: '它也在 tcp_fin_timeout 之后消失。',
        b: '程序保留它多久，它就留多久。',
      },
      hints: { a: '程序可能还想读服务器发送的东西。内核可以把它拿走吗？' },
    },
    'server-hears': {
      ask: '内核忘掉用 close 关闭的那个套接字时，会告诉服务器什么？',
      choices: {
        a: '发送一个重置。',
        b: '再发一次 FIN。',
        c: '什么也不告诉：服务器停在 CLOSE_WAIT。',
      },
      hints: {
        a: '在那一刻观察线路：先 ./tcplab shell 13 server，再 tcpdump -n -i eth0 tcp。来了什么？',
        b: '它的 FIN 早就被确认了。还有什么要发送的吗？',
      },
    },
  },
  hints: [
    '发送 FIN 有两种办法。一种结束程序的发送，另一种结束程序对套接字的持有。哪一种是哪一种？',
    'shutdown(2) 发送 FIN，但保留描述符：套接字有所有者，内核就保留它。close(2) 交还描述符：套接字成为孤儿套接字，内核只保留它 tcp_fin_timeout 这么久。',
    '在 Node 里，socket.end() 是 shutdown，socket.destroy() 是 close。设了 allowHalfOpen: true，套接字在 end() 之后会留着。',
  ],
};
