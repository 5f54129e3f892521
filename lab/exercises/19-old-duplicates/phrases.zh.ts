import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The first connection
  'no new connection for {time}': '{time} 之内没有新的连接',
  '{time} or more between the end of the first connection and the second SYN':
    '第一个连接结束与第二个 SYN 之间相隔 {time} 以上',
  'the second SYN came after {time}, before anything late could come':
    '第二个 SYN 在 {time} 之后就来了，之前来不及有什么东西迟到',
  'Stop for some 300 ms when the first connection has ended: setTimeout(late, 300).':
    '第一个连接结束之后，停大约 300 ms：setTimeout(late, 300)。',
  'its data are "{text!}"': '客户端的数据是“{text}”',
  '"{text!}" from the client: the third argument, and nothing else':
    '客户端发送“{text}”：只有第三个参数，没有别的',
  'it sent "{text!}"': '它发送的是“{text}”',

  // What comes late
  "it arrives late: {time} or more after the client's FIN": '它迟到：比客户端的 FIN 晚 {time} 以上',
  "it to arrive {time} or more after the client's FIN, when the server has been in TIME_WAIT for a while":
    '它比客户端的 FIN 晚 {time} 以上到达，那时服务器处于 TIME_WAIT 已有一会儿',
  'it came before the FIN, and is not late': '它在 FIN 之前就来了，不算迟到',
  'it came {time} after it, and is not late': '它只比 FIN 晚 {time}，不算迟到',
  'it has the number that the server expects next': '它的序号就是服务器期望的下一个',
  'an RST with exactly that number: no other is obeyed (RFC 9293, section 3.10.7.4)':
    'RST 的序号恰好是服务器期望的下一个：其他序号的都不被理会（RFC 9293 第 3.10.7.4 节）',
  'its number is {n} below that': '它的序号比期望的小 {n}',
  'its number is {n} above that': '它的序号比期望的大 {n}',
  'TIME_WAIT was there when it came': '它到来时，TIME_WAIT 还在',
  'TIME_WAIT when the RST arrives': 'RST 到达时处于 TIME_WAIT',
  'it had ended before': 'TIME_WAIT 在那之前就结束了',
  'the client sends its data again, with the same number': '客户端再次发送它的数据，序号相同',
  'the data of the first connection a second time, before any new connection':
    '第一个连接的数据再来一次，在任何新连接之前',
  'the client sent them only once': '客户端只发送了一次',

  // The new SYN
  'SYN_RCVD in place of TIME_WAIT': 'SYN_RCVD，取代了 TIME_WAIT',
  'the new SYN comes from port {port} as well': '新的 SYN 也来自端口 {port}',
  'a SYN from port {port}, which the first connection had': '来自端口 {port} 的 SYN，也就是第一个连接的端口',
  'it came from port {port}, which no TIME_WAIT stands in the way of':
    '它来自端口 {port}，那里没有 TIME_WAIT 挡路',
  'TIME_WAIT is about two addresses and two ports together. Use the same peer again: it keeps its port.':
    'TIME_WAIT 针对的是两个地址加两个端口。再用同一个 peer：它的端口不变。',
  'its number is higher than any the first connection has used': '它的序号大于第一个连接用过的任何序号',
  'a number above the one that TIME_WAIT expects next': '序号大于 TIME_WAIT 期望的下一个',
  'it was exactly that one, which the kernel takes for a part of the old connection':
    '它恰好就是那个，内核会把它当作旧连接的一部分',
  'it was {n} below it, and so might be an old SYN': '它比那个小 {n}，所以可能是一个旧的 SYN',
  'its own number is {n} above its last one: TIME_WAIT has handed the SYN on':
    '它自己的序号比它的上一个大 {n}：这个 SYN 是由 TIME_WAIT 转交的',
  "a number {n} above the server's last one, as the kernel gives it to a SYN that meets TIME_WAIT":
    '服务器的序号比它的上一个大 {n}：对遇上 TIME_WAIT 的 SYN，内核就是这样给的',
  'it is {n} above it: the server had forgotten the first connection':
    '它比那个大 {n}：服务器已经忘了第一个连接',

  // The new connection
  'ESTABLISHED, then FIN_WAIT_1 or FIN_WAIT_2': 'ESTABLISHED，然后 FIN_WAIT_1 或 FIN_WAIT_2',
  'the old data arrive in the new connection, with their old number': '旧数据到达新连接，用的是它旧的序号',
  'the old data with their old number, in the new connection': '新连接里有旧数据，用的是它旧的序号',
  'the client sent no data in it': '客户端在新连接里没有发送数据',
  'the client sent "{text!}", all of it with new numbers': '客户端发送了“{text}”，全都用的是新序号',
  'the program has read "{text!}", and sends it back': '程序读到了“{text}”，并把它发回来',
  'the server program to send back "{text!}", for that is all it was given':
    '服务器程序发回“{text}”，因为交给它的只有这些',
  'it sent back "{text!}"': '它发回的是“{text}”',
};
