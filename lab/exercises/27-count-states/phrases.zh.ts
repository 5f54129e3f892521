import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // What the machine shows
  'a table with many sockets, and your program that reports on it': '有许多套接字的表，以及报告它的你的程序',
  'sockets in ten states': '处于十个状态的套接字',
  'as many sockets in each state as the report says': '每个状态的套接字，与报告说的一样多',
  'connections with three other hosts': '与另外三台主机的连接',
  'as many connections with each peer as the report says': '与每个对端的连接，与报告说的一样多',
  'some more sockets in ESTABLISHED than before': '处于 ESTABLISHED 的套接字比之前多几个',

  // The report
  'your program prints lines such as {example!}': '你的程序打印像 {example} 这样的行',
  'lines such as {example!}': '有像 {example} 这样的行',
  'your program printed no line that begins with "{word!}"': '你的程序没有打印以“{word}”开头的行',
  'the line "{line!}" can be read': '能读懂“{line}”这一行',
  '`state STATE COUNT`': '像 `state STATE COUNT` 这样的行',
  '`peer ADDRESS COUNT`': '像 `peer ADDRESS COUNT` 这样的行',
  'your program printed "{line!}", and its third word, and last, should be a number':
    '你的程序打印了“{line}”，而第三个词应该是数字，也应该是最后一个词',
  'your program printed "{line!}", and {word!} is no address': '你的程序打印了“{line}”，而 {word} 不是地址',
  'your program printed "{line!}", and {word!} is no state; the states are {states}':
    '你的程序打印了“{line}”，而 {word} 不是状态；状态有 {states}',
  'your program printed "{line!}", and {word!} is ss\'s word for {state}':
    '你的程序打印了“{line}”，而 {word} 是 ss 对 {state} 的叫法',

  // States
  "every state of the kernel's table is in the report": '内核的表里的每个状态，报告里都有',
  'a line for each of the {n} states that a socket was in': '有套接字处于其中的 {n} 个状态，每个一行',
  'there is no line for {what}': '没有 {what} 的行',
  'the report has {n} in {state}': '报告里处于 {state} 的有 {n} 个',
  '{n} socket in {state}': '处于 {state} 的套接字有 {n} 个',
  '{n} sockets in {state}': '处于 {state} 的套接字有 {n} 个',
  '{least} to {most} sockets in {state}': '处于 {state} 的套接字有 {least} 到 {most} 个',
  'the report has {n}': '报告里是 {n} 个',

  // Peers
  'the server has connections with {peer}, a machine of its own':
    '服务器与 {peer} 有连接，那是单独的一台机器',
  "only addresses of the machines at the other ends of the server's connections":
    '只有服务器的连接另一端的机器的地址',
  'one line for each machine at the other end of a connection': '连接另一端的每台机器只有一行',
  '{peer} is the same machine as {other}, and the report has both':
    '{peer} 和 {other} 是同一台机器，报告里却两个都有',
  'the report has {address}, which is what stands beside a listener: a listener has no peer':
    '报告里有 {address}，那是监听套接字那一行里的写法：监听套接字没有对端',
  'the report has {address}, which is the server itself: the peer is the other end':
    '报告里有 {address}，那是服务器自己：对端是另一端',
  'the report has {address}, and the server has no connection with it':
    '报告里有 {address}，而服务器与它没有连接',
  'every machine with a connection is in the report': '有连接的每台机器，报告里都有',
  "a line for each of the {n} addresses that the server's connections lead to":
    '服务器的连接通往 {n} 个地址，每个地址一行',
  'the report has {n} with {peer}': '报告里与 {peer} 的连接有 {n} 个',
  '{n} connection with {peer}': '与 {peer} 的连接有 {n} 个',
  '{n} connections with {peer}': '与 {peer} 的连接有 {n} 个',
  '{least} to {most} connections with {peer}': '与 {peer} 的连接有 {least} 到 {most} 个',

  // Once more
  'your program reports a second time': '你的程序第二次报告',
  'a second report, when it is started again': '再次启动时，有第二份报告',
  'it printed no line of a report then': '它那时没有打印报告里的任何一行',
};
