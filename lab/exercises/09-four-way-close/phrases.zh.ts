import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'Both programs are started with ADDRESS PORT: the server listens there, and there the client connects to.':
    '两个程序启动时都得到 ADDRESS PORT：服务器在那里监听，客户端连接到那里。',

  // The client first
  'CLOSE_WAIT, not before the client has closed': 'CLOSE_WAIT，不早于客户端关闭',
  'nobody resets the connection': '没有人重置连接',
  'two FINs and no RST': '两个 FIN，没有 RST',
  'the {host} sent an RST: that ends both directions at once, and there is nothing left to close':
    '{host}发送了 RST：它同时结束两个方向，再没有什么可以关闭',
  'Close with end() on the {host}, and let it read whatever comes; resetAndDestroy(), and bytes nobody reads, send an RST.':
    '{host}要用 end() 关闭，并且读取到来的一切；resetAndDestroy() 会发送 RST，没有人读的字节也会引出 RST。',
  "the server sends no FIN before it has the client's": '服务器在收到客户端的 FIN 之前不发送 FIN',
  "no FIN from the server before it has the client's": '服务器在收到客户端的 FIN 之前不发送 FIN',
  "the server's FIN did not wait for the client: it does not acknowledge a FIN":
    '服务器的 FIN 没有等客户端：它没有确认任何 FIN',
  "Let the server wait for the client's FIN: it closes after the socket's 'end' event, not when it has accepted.":
    "让服务器等待客户端的 FIN：它应该在套接字的 'end' 事件之后关闭，而不是在接受连接的时候。",

  // The server later
  'CLOSE_WAIT for 0.5 s, then a FIN': 'CLOSE_WAIT 0.5 s，然后是 FIN',
  'the server closes, too: it sends a FIN': '服务器也关闭：它发送 FIN',
  "The client's FIN closes one direction only. Close the other one in the server, half a second after the socket's 'end' event.":
    "客户端的 FIN 只关闭一个方向。在服务器里关闭另一个方向，在套接字的 'end' 事件之后半秒。",
  "the server's FIN comes at least {time} after the client's":
    '服务器的 FIN 至少在客户端的 FIN 之后 {time} 才来',
  "the server's FIN {time} after the client's, or later":
    '服务器的 FIN 在客户端的 FIN 之后 {time} 或更晚才来',
  "the server's FIN came {time} after the client's": '服务器的 FIN 在客户端的 FIN 之后 {time} 就来了',
  'Find out who closed there: your program, or Node by itself? Read about allowHalfOpen in the documentation of net.createServer.':
    '弄清楚是谁在那里关闭的：你的程序，还是 Node 自己？在 net.createServer 的文档里读一读 allowHalfOpen。',

  // The states
  'CLOSE_WAIT → LAST_ACK, then no socket any more': 'CLOSE_WAIT → LAST_ACK，然后不再有套接字',
  'the client is in TIME_WAIT then': '这时客户端处于 TIME_WAIT',
  'TIME_WAIT on the client when the server is CLOSED': '服务器到 CLOSED 时，客户端处于 TIME_WAIT',
  'the client had left it': '客户端已经离开了它',

  // The numbers
  'FIN u … ACK w + 1': 'FIN u … ACK w + 1',
  'ACK u + 1, FIN w': 'ACK u + 1，FIN w',
  'the {host} sends its FIN, number {number!}': '{host}发送它的 FIN，序号是 {number}',
  'the {host} acknowledges {number!} + 1 = {n}': '{host}确认 {number} + 1 = {n}',
};
