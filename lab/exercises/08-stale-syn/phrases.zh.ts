import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The old SYN again
  'the old SYN arrives at the server once more': '旧的 SYN 再次到达服务器',
  'a SYN from port {port} with the old number, {n}': '来自端口 {port} 的 SYN，序号是旧的 {n}',
  'none arrived in the {time} since the old connection was over':
    '旧的连接结束之后的 {time} 里，没有 SYN 到达',
  'it came from port {port}': '它来自端口 {port}',
  'it had another number, {n}': '它的序号不是旧的，而是 {n}',

  // The server believes it
  'SYN_RCVD until its SYN-ACK gets through': 'SYN_RCVD，直到它的 SYN-ACK 通过',
  'the server’s kernel has a request for it': '服务器的内核里有一个对应它的请求（request）',
  'a request in SYN_RCVD on the server': '服务器上有一个处于 SYN_RCVD 的请求（request）',
  'its kernel never showed one': '它的内核从来没有显示过',

  // The kernel resets
  'no TCP socket: its kernel knows nothing of a connection': '没有 TCP 套接字：它的内核不知道有什么连接',
  'the client sent an ACK, as if it had wanted this connection': '客户端发送了 ACK，好像它想要这个连接似的',
  'its number is the one that the SYN-ACK acknowledged': '它的序号就是 SYN-ACK 所确认的那个',
  'an RST with the number that the SYN-ACK acknowledged': 'RST，序号是 SYN-ACK 所确认的那个',
  'its number was {n}': '它的序号是 {n}',
  'every RST comes from the kernel: OutRsts counts it': '每个 RST 都来自内核：OutRsts 会计入它',
  'resets that all come from the kernel of the client': '重置全都来自客户端的内核',
  '{n} arrived, and the kernel has sent {some} of them; the rest your program made':
    '到达了 {n} 个，其中 {some} 个是内核发送的；其余的是你的程序自己发送的',
  '{n} arrived, and the kernel has sent {more}, some of them for something else':
    '到达了 {n} 个，而内核发送了 {more} 个，其中有些是为了别的事',

  // The server forgets it
  'LISTEN, with Recv-Q 0, and nothing else': 'LISTEN，Recv-Q 是 0，别的什么也没有',
  'the reset ends SYN_RCVD at once': '重置立刻结束 SYN_RCVD',
  'SYN_RCVD to end with the reset': 'SYN_RCVD 随着重置结束',
  'it lasted {time} longer': '它又持续了 {time}',
  'nothing waits for accept()': '没有什么在等待 accept()',
  'a listener with nothing in its queue': '监听套接字的队列里什么也没有',
};
