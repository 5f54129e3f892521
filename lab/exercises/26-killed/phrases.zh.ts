import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Three connections
  '{state} three times': '三个 {state}',
  'the client is in ESTABLISHED when it is to be killed ({end})':
    '将要杀死客户端时（{end}），它处于 ESTABLISHED',
  unread: '有未读的字节',
  'ESTABLISHED on the client until it is killed': '客户端一直处于 ESTABLISHED，直到被杀死',
  'nobody had killed it yet when the connection was gone, too soon to be looked at':
    '还没有人杀死它，连接就没有了，快得来不及查看',
  'nobody had killed it yet when the client showed {life}': '还没有人杀死它，客户端就已经显示 {life}',

  // Killed
  'SIGINT is sent': '发送 SIGINT',
  'SIGKILL is sent': '发送 SIGKILL',
  'SIGKILL is sent, with unread bytes': '发送 SIGKILL，这时有未读的字节',
  'that {signal} is sent': '发送 {signal}',
  'that {signal} is sent, with unread bytes': '有未读的字节时，发送 {signal}',
  'the run ended before that': '在那之前运行就结束了',
  'FIN_WAIT_1 with no owner, then TIME_WAIT': 'FIN_WAIT_1，没有所有者，然后是 TIME_WAIT',
  "the client's kernel sends FIN after {signal}": '客户端的内核在 {signal} 之后发送 FIN',
  'a FIN from the client after {signal}': '客户端在 {signal} 之后的 FIN',
  'no FIN came': '没有 FIN 到来',
  'in FIN_WAIT_1 the socket has no owner any more': '在 FIN_WAIT_1，套接字不再有所有者',
  'FIN_WAIT_1 on the client, and no program that holds the socket (no inode in ss -e)':
    '客户端处于 FIN_WAIT_1，没有程序持有这个套接字（ss -e 里没有 inode）',
  'a program still held it': '还有一个程序持有它',

  // With unread bytes
  'the bytes lie in the queue of the client': '字节留在客户端的队列里',
  "unread bytes in the third connection's queue (Recv-Q in ss)":
    '第三个连接的队列里（ss 里的 Recv-Q）有未读的字节',
  'Recv-Q was 0: the program had read them': 'Recv-Q 是 0：程序已经把它们读走了',
  'Somebody reads: a handler of data, or resume(); and a Node socket without any handler is read all the same. pause() it before it is connected.':
    '有人在读：data 的处理函数，或 resume()；而没有任何处理函数的 Node 套接字也照样会被读取。在它连接上之前就 pause() 它。',
};
