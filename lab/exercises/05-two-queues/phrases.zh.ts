import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The listener and its limit
  'LISTEN with Send-Q 1': 'LISTEN，Send-Q 是 1',
  'a listener on port {port} of the server': '服务器的端口 {port} 上有一个监听套接字',
  'ss shows the limit of its queue as Send-Q 1': 'ss 把它的队列上限显示为 Send-Q 1',
  'a listener with the backlog 1, which ss shows as Send-Q 1':
    'backlog 为 1 的监听套接字，ss 显示为 Send-Q 1',
  'ss shows Send-Q {n}': 'ss 显示的是 Send-Q {n}',

  // Two in the queue
  'ESTABLISHED twice, with no owner; LISTEN with Recv-Q 2':
    '两个 ESTABLISHED，没有所有者；LISTEN，Recv-Q 是 2',
  'the listener is there to the end': '监听套接字一直存在到最后',
  'a listener that is there to the end': '监听套接字一直存在到最后',
  'Keep the listener open until your program is stopped: a timer keeps the program running.':
    '让监听套接字一直开着，直到你的程序被停止：定时器能让程序一直运行。',
  'no connection gets an owner': '没有连接得到所有者',
  'connections that no program has accepted, without owner or inode in ss':
    '没有程序接受过这些连接，它们在 ss 里没有所有者和 inode',
  'your program accepted one of them': '你的程序接受了其中一个',
  'your program accepted {n} of them': '你的程序接受了其中 {n} 个',
  'only clients of the other host are in the queue': '队列里只有另一台主机的客户端',
  'a queue with clients of the other host in it': '队列里是另一台主机的客户端',
  'your program filled it with {n} connections of its own': '你的程序用自己的 {n} 个连接占了队列',
  'Leave the queue to the clients: do not connect to your own listener.':
    '把队列留给客户端：不要连接你自己的监听套接字。',
  'two handshakes are completed': '有两个连接完成了握手',
  'two connections in ESTABLISHED on the server': '服务器上有两个连接处于 ESTABLISHED',
  'ss shows them as Recv-Q 2 of the listener, to the end': 'ss 把它们显示为监听套接字的 Recv-Q 2，直到最后',
  'a listener with Recv-Q 2 to the end: one more than Send-Q':
    '监听套接字的 Recv-Q 直到最后都是 2：比 Send-Q 多一',
  'ss shows Recv-Q {n} at the end': '最后 ss 显示的是 Recv-Q {n}',

  // The third
  'SYN_RCVD: its queue had no room for the third ACK': 'SYN_RCVD：第三个 ACK 到来时，队列里没有位置',
  'one of the first three clients finds the queue full': '最先的三个客户端中有一个碰上队列已满',
  'two of the first three clients in the queue, and one outside':
    '最先的三个客户端中，两个在队列里，一个在外面',
  '{n} clients came, and none of them stayed outside': '来了 {n} 个客户端，没有一个留在外面',
  'the {host} is still in {state} after the third client’s ACK has come':
    '第三个客户端的 ACK 到来之后，{host}还处于 {state}',
  '{state} on the {host} for as long as tcp_abort_on_overflow is 0':
    '只要 tcp_abort_on_overflow 是 0，{host}就一直处于 {state}',
  'ListenOverflows to rise by {n} or more': 'ListenOverflows 至少增加 {n}',
  'it rose by {n}': '它增加了 {n}',

  // Two more
  'SYN_SENT twice': '两个 SYN_SENT',
  'no socket for them': '没有它们的套接字',
  'two more clients send a SYN': '另外两个客户端发送 SYN',
  'SYNs from two more clients': '来自另外两个客户端的 SYN',
  'two in ESTABLISHED, two in SYN_SENT, and the third gone':
    '两个处于 ESTABLISHED，两个处于 SYN_SENT，第三个已经消失',
};
