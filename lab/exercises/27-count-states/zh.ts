import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '清点一台繁忙机器上的套接字',
  checks: {
    report: {
      title: '你的程序打印 `state STATE COUNT` 和 `peer ADDRESS COUNT` 这样的行',
      help: '每个状态打印一行，例如 `state SYN_RCVD 3`，用 RFC 9293 的词；每台机器打印一行，例如 `peer 198.18.0.2 7`。',
    },
    states: {
      title: '凡是有套接字处于其中的状态，报告里一个也不缺',
      help: '读一读 ss(8)：你没有要求显示全部时，它显示哪些套接字。',
    },
    counts: {
      title: '每个状态的个数，都等于内核里处于该状态的套接字个数',
      help: '把你数的那些行打印到 stderr，与 ./tcplab shell 27 server 里 ss 显示的比较。',
    },
    peers: {
      title: '对端就是另一端的机器，每台只用一个地址表示',
      help: '看看 ss 打印的远端地址。其中哪些属于同一台机器？',
    },
    'by-peer': {
      title: '每个对端的个数，都等于内核与它之间的连接个数',
      help: '除了监听套接字，每个套接字都有对端，不管它处于哪个状态。',
    },
    again: {
      title: '有新连接到来之后再问一次，它重新计数',
      help: '程序每次启动都要读一遍表。这一刻的数字不是下一刻的数字。',
    },
  },
  questions: {
    owner: {
      ask: '这台繁忙机器上有些套接字处于 TIME_WAIT。它们属于哪个程序？',
      choices: {
        a: '先关闭的程序。',
        b: '后关闭的程序。',
        c: '都不属于：只有内核还留着它们。',
      },
      hints: {
        a: '在 ./tcplab shell 27 server 里输入：ss -tanpe state time-wait。程序打开着的套接字会显示一个 inode。',
        b: '在 ./tcplab shell 27 server 里输入：ss -tanpe state time-wait。程序打开着的套接字会显示一个 inode。',
      },
    },
    mapped: {
      ask: '一个客户端通过 IPv4 连接到监听地址 `::` 的服务器。表里把这个客户端显示成什么？',
      choices: {
        a: '它的 IPv4 地址：198.18.7.2',
        b: '一个包含该地址的 IPv6 地址：::ffff:198.18.7.2',
        c: '客户端另有的那个 IPv6 地址：2001:db8::2',
      },
      hints: {
        a: '为 IPv6 打开的套接字只能存放 IPv6 地址，别的放不下。IPv4 地址怎么能写在那里呢？',
        c: '客户端发送的是 IPv4 分组，所以内核只知道它的这个地址。它怎么能写在 IPv6 套接字里呢？',
      },
    },
    rows: {
      ask: 'RFC 9293 有十一个状态。在内核的表里，能看到套接字处于其中的几个？',
      choices: {
        a: '十一个。',
        b: '十个。',
        c: '八个：SYN_RCVD、TIME_WAIT 和 CLOSED 不是套接字。',
      },
      hints: {
        a: '一个不存在的连接，在表里的那一行会是什么样子？',
        c: '在 ./tcplab shell 27 server 里数一数，用：ss -Htan | cut -d" " -f1 | sort | uniq -c',
      },
    },
  },
  hints: [
    '没有人要求显示全部时，`ss -t` 漏掉了哪些套接字，为什么会这样？',
    'ss 只显示连接，除非用 -a 要求它把监听套接字、请求（request）和 TIME_WAIT 也显示出来。既接受 IPv4 又接受 IPv6 的套接字，把 IPv4 的对端显示为 ::ffff:198.18.7.2；它和 198.18.7.2 是同一台机器。',
    "execFileSync('ss', ['-Htan'], { encoding: 'utf8' }) 给出每个套接字一行：状态、两个队列、本地地址和远端地址；然后 remote.replace(/:\\d+$/, '')，再去掉方括号和 ::ffff:",
  ],
};
