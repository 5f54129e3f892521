import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The words that an answer may have
  'server-never-closes': 'server-never-closes',
  'server-never-accepts': 'server-never-accepts',
  'server-never-reads': 'server-never-reads',
  'handshake-filtered': 'handshake-filtered',
  'syn-flood': 'syn-flood',
  'ports-used-up': 'ports-used-up',
  'client-vanished': 'client-vanished',

  // Every question has an answer
  '"{field!}" of the service on {host} is answered': '{host} 上的服务的 "{field}" 有回答',
  '"{field!}" of "{host}" to be one of {words}': '"{host}" 的 "{field}" 是这些词之一：{words}',
  'it is empty': '它是空的',
  'it is "{said!}"': '它是 "{said}"',
  'it is "{said!}", which is ss\'s word for {state}': '它是 "{said}"，那是 ss 对 {state} 的叫法',
  './tcplab shell 28 {host} opens a shell there. ss -tan shows its sockets, ss -ltn the port of its service.':
    './tcplab shell 28 {host} 会在那里打开一个 shell。ss -tan 显示它的套接字，ss -ltn 显示它的服务的端口。',

  // What piles up where
  '{state} piles up on {host}': '{state} 堆积在 {host} 上',
  'most connections of the service on {server} to be in {state} on {host}':
    '{server} 上的服务的连接，大多数在 {host} 上处于 {state}',
  '{host} had {n} of them in {state}': '{host} 上处于 {state} 的有 {n} 个',
  'Find the port of the service with ss -ltn on {host}, and then count its connections on every host, state by state.':
    '在 {host} 上用 ss -ltn 找到服务的端口，然后在每台主机上，按状态逐个数它的连接。',

  // Why
  'the cause is {cause}': '原因是 {cause}',
  'what the kernels show of the service on {host} to fit "{cause}"':
    '内核显示的 {host} 上的服务的情况，与 "{cause}" 相符',
  'the server, {host}, has no connections in CLOSE_WAIT, where they wait for it to close':
    '服务器 {host} 没有处于 CLOSE_WAIT、等它关闭的连接',
  "the listener's queue on {host} is not full: Recv-Q is {n}, and Send-Q, its limit, {limit}":
    '{host} 上监听套接字的队列没有满：Recv-Q 是 {n}，而 Send-Q，即它的上限，是 {limit}',
  'no bytes wait to be read in the Recv-Q of the connections on {host}':
    '{host} 上连接的 Recv-Q 里，没有字节在等着被读取',
  'that would show as SYN_RCVD on {server} and as SYN_SENT on {client}, and not both are there':
    '那样的话，{server} 上会有 SYN_RCVD，{client} 上会有 SYN_SENT，而这里两者并不齐全',
  '{host} has no requests in SYN_RCVD': '{host} 没有处于 SYN_RCVD 的请求（request）',
  '{host} has sockets of its own for these connections: somebody there does want to connect':
    '{host} 自己有这些连接的套接字：那里确实有人想要连接',
  'the client, {host}, has no ports of this service in TIME_WAIT':
    '客户端 {host} 没有端口因为这个服务而处于 TIME_WAIT',
  '{host} still has sockets of this service': '{host} 还有这个服务的套接字',
  '{server} has no connections in ESTABLISHED that {client} knows nothing of':
    '{server} 没有处于 ESTABLISHED 而 {client} 一无所知的连接',
  'Look at both ends of one connection: its state there and here, its queues, and whether the other end exists at all.':
    '看同一个连接的两端：它在这里和那里的状态，它的队列，以及另一端究竟存不存在。',

  // Who
  'it is {host} that has to be changed': '要改的是 {host}',
  '"change" to name the host whose program or rules bring this about':
    '"change" 写的是造成这件事的程序或规则所在的主机',
  'with "{cause}" it would go on as before if {host} were changed':
    '原因是 "{cause}" 时，即使改了 {host}，情况也还会照旧',
  'Ask of each end in turn: if only this host were put right, would the pile be gone tomorrow?':
    '轮流对每一端问：如果只把这台主机改好，明天堆积会消失吗？',

  // The lab's own fault
  'The service on {host} did not fall ill in the way it should have.':
    '{host} 上的服务没有以预定的方式生病。',
};
