import type { Phrases } from '../exercise/phrases.ts';

/** What the lab says of a run of any exercise, in Chinese. What only one exercise says is in its folder. */
export const phrases: Phrases = {
  // Hosts
  client: '客户端',
  server: '服务器',
  north: 'north',
  south: 'south',
  west: 'west',
  web: 'web',
  app: 'app',
  db: 'db',
  peer: '对端',

  // A check that failed, or was not judged
  '.': '。',
  'Expected {expected}, but {observed}.': '应该是：{expected}；但是：{observed}。',
  'Not judged, because "{title}" did not pass.': '没有评判，因为“{title}”没有通过。',
  'The lab itself did not work, so nothing is judged: {why!}':
    '实验环境自己出了问题，所以什么都没有评判：{why}',
  'Run ./tcplab doctor, then check again.': '运行 ./tcplab doctor，然后再检查一次。',
  'Nothing is held against the program. Check again when the machine has less to do.':
    '这不算程序的错。等机器空闲一些再检查一次。',
  'The capture on the {host} lost {n} segments.': '{host} 上的抓包丢了 {n} 个报文段。',
  'This machine was too busy: for {ms} ms the lab did not get to look at the {host}.':
    '这台机器太忙：实验环境有 {ms} ms 没能查看 {host}。',
  'This machine was too busy: a program on the {host} waited {time} for a processor.':
    '这台机器太忙：{host} 上的一个程序等处理器等了 {time}。',
  'The lab did not get to look at the {host} for {time}, and in that time it left {state}.':
    '实验环境有 {time} 没能查看{host}，而它就在那段时间里离开了 {state}。',
  '{what}: a program of the lab.': '{what}：那是实验环境的程序。',

  // The check that every exercise begins with
  'Your program starts': '你的程序能启动',
  'Your {files} can be read': '能读到你的 {files}',
  'Start it by hand to see what Node says: node FILE 127.0.0.1 8080':
    '手工启动它，看看 Node 说什么：node FILE 127.0.0.1 8080',
  'the program on the {host} starts': '{host}上的程序启动',
  'a program that runs': '一个在运行的程序',
  'a program on the {host} that opens a socket': '{host}上有一个打开套接字的程序',
  'it ended before it had anything to do with TCP': '它还没有用到 TCP 就结束了',
  '{file} is there': '有 {file}',
  'a file {file}': '有文件 {file}',
  'there is none': '没有',
  "Begin with the starter's {file}, and fill it in.": '从起始代码里的 {file} 开始，把它填好。',
  '{file} is JSON': '{file} 是 JSON',
  '{file} to be JSON': '{file} 是 JSON',
  'it cannot be read as such: {why!}': '无法当作 JSON 读：{why}',
  'Look for a missing quote or comma, or one comma too many: an editor marks the place.':
    '找一找少了的引号或逗号，或者多了的一个逗号：编辑器会标出位置。',

  // A connection and its socket
  'the {host} sends {segment} to {to}': '{host}向 {to} 发送 {segment}',
  '{segment} from the {host} to {to}': '{host}发往 {to} 的 {segment}',
  'SYN number {n}': '第 {n} 个 SYN',
  'no SYN from the {host} arrived there in the {time} of the run':
    '在这次运行的 {time} 里，{host}没有 SYN 到达那里',
  'only one connection was opened': '只打开了一个连接',
  'only {n} connections were opened': '只打开了 {n} 个连接',
  "the {host}'s kernel has a socket for the connection": '{host}的内核里有这个连接的套接字',
  'a socket on the {host} for {one} and {other}': '{host}上有一个 {one} 与 {other} 之间的套接字',
  'the kernel of the {host} never showed one': '{host}的内核里从来没有看到过',
  "the {host}'s socket is gone: CLOSED": '{host}的套接字没有了：CLOSED',
  'no socket left on the {host}': '{host}上没有剩下套接字',
  'the {host} still had it in {state} when the run ended': '运行结束时，它在{host}上还处于 {state}',

  // States
  'the {host} reaches {state}': '{host}到达 {state}',
  '{state} on the {host}': '{host}处于 {state}',
  'the {host} showed {life}': '{host}显示的是 {life}',
  'the {host} stays in {state} for {time}': '{host}在 {state} 停留 {time}',
  '{state} for at least {time}': '{state} 至少 {time}',
  'the {host} was in {state} for {time}; {then}': '{host}处于 {state} 有 {time}；{then}',
  'the run ended then': '然后运行就结束了',
  'then it went to {state}': '然后它去了 {state}',
  'the {host} goes through {path}': '{host}依次经过 {path}',
  'on the {host}: {path}': '{host}上：{path}',
  'the {host} is still in {state}': '{host}还处于 {state}',
  '{state} to the end of the run': '{state} 直到运行结束',
  'the listening socket is gone': '监听套接字没有了',
  '{state} for {time}': '{state} {time}',
  '{state} for {time}, to the end': '{state} {time}，直到结束',
  '{one} → {next}': '{one} → {next}',
  gone: '消失',
  '{one}; {next}': '{one}；{next}',
  'and one more socket': '还有一个套接字',
  'and {n} more sockets': '还有 {n} 个套接字',
  'no TCP socket at any time': '任何时候都没有 TCP 套接字',
  'no TCP socket': '没有 TCP 套接字',
  'no TCP socket: a raw program has none': '没有 TCP 套接字：原始套接字程序没有它',
  'no socket': '没有套接字',
  '{one}, then {next}': '{one}，然后 {next}',
  'the {host} sends its FIN again': '{host}再次发送 FIN',
  "the {host} acknowledges the {other}'s FIN": '{host}确认{other}的 FIN',
  'the server sent its FIN before that of the client had arrived':
    '客户端的 FIN 还没有到达，服务器就发送了自己的 FIN',
  'it came only once': '它只来了一次',

  // Segments
  'the {host} sends {segment}': '{host}发送 {segment}',
  'the {host} sends no {segment}': '{host}不发送 {segment}',
  '{segment} from the {host}': '{host}的 {segment}',
  '{segment} from the {host} after that': '{host}在那之后的 {segment}',
  'no {segment} from the {host}': '没有来自{host}的 {segment}',
  'the {host} sent {segments}': '{host}发送了 {segments}',
  'the {host} sent {segments} after that': '{host}在那之后发送了 {segments}',
  'the {host} sent nothing': '{host}什么都没有发送',
  'the {host} sent nothing after that': '{host}在那之后什么都没有发送',
  'the {host} sent {segment} {time} after the first SYN': '{host}在第一个 SYN 之后 {time} 发送了 {segment}',
  nothing: '什么都没有',
  'one segment ({flags!})': '一个报文段（{flags}）',
  '{n} segments ({flags!})': '{n} 个报文段（{flags}）',
  'a SYN': 'SYN',
  'a SYN-ACK': 'SYN-ACK',
  'an ACK': 'ACK',
  'a PSH-ACK': 'PSH-ACK',
  'a FIN': 'FIN',
  'a FIN without ACK': '没有 ACK 的 FIN',
  'FIN without ACK': '没有 ACK 的 FIN',
  'an RST': 'RST',
  'an RST-ACK': 'RST-ACK',
  'a segment': '报文段',
  segment: '报文段',
  data: '数据',
  '{segment} without data': '不带数据的 {segment}',
  '{segment} with {details}': '{segment}（{details}）',
  '{flags} set': '置位 {flags}',
  '{flags} clear': '没有 {flags}',
  'flags {flags!}': '标志为 {flags}',
  'seq {n}': 'seq {n}',
  'ack {n}': 'ack {n}',
  '{segment} to {where}': '发往 {where} 的 {segment}',
  '{segment} from {where}': '来自 {where} 的 {segment}',
  'port {port}': '端口 {port}',
  '{some}, {more}': '{some}、{more}',
  '{one} and {other}': '{one} 和 {other}',

  // What several exercises say
  '{state} straight from {other}': '从 {other} 直接到 {state}',
  '{state}, with Recv-Q above 0': '{state}，Recv-Q 大于 0',
  'no socket of that connection': '没有那个连接的套接字',
  "the {host}'s kernel counts {counter!}": '{host}的内核里，计数器 {counter} 增加',
  'there was none': '没有',
  'there were {n}': '有 {n} 个',
  'it came after {time}': '它在 {time} 之后来了',
  'the run did not get that far': '运行没有进行到那一步',
  'no SYN_RCVD any more': '不再有 SYN_RCVD',
  'the server listens on port {port}': '服务器在端口 {port} 上监听',
  'the server’s kernel has counted {counter!}': '服务器的内核里，计数器 {counter} 增加',

  // What to try next, in more than one exercise
  'Connect to the address and port you are given: const [host, port] = process.argv.slice(2);':
    '连接到给你的地址和端口：const [host, port] = process.argv.slice(2);',
  'Connect to the address and the port that client.ts is given: process.argv[2] and [3].':
    '连接到交给 client.ts 的地址和端口：process.argv[2] 和 [3]。',
  'A reset ends a connection at once, without any closing state. Close it in the ordinary way: end().':
    '重置会立刻结束连接，不经过任何关闭状态。用普通的方式关闭它：end()。',

  // What else may explain it
  'The {host} listened on {where}.': '{host}监听的是 {where}。',
  'The {host} has a connection to {where}, which is the {self} itself.':
    '{host}有一个通往 {where} 的连接，而那就是{self}自己。',
  'The {host} tried to reach {where}; nothing of this exercise is there.':
    '{host}试图连接 {where}；这个练习在那里什么都没有。',
  'It was the {host} that showed {state}.': '显示 {state} 的是{host}。',
  'What a program prints is not looked at ("{text!}"): only the kernel is asked.':
    '程序打印什么没有人看（“{text}”）：只问内核。',
};
