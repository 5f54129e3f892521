import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'the SYN comes from port {port}': 'SYN 来自端口 {port}',
  'a SYN from port {port} of the client': '来自客户端端口 {port} 的 SYN',
  'it came from port {port}': '它来自端口 {port}',

  // The probes
  'ESTABLISHED, with timer:(keepalive,…)': 'ESTABLISHED，带有 timer:(keepalive,…)',
  'the client sends a keepalive probe: an ACK with a sequence number one below the next':
    '客户端发送一个保活探测：ACK，序号比下一个该用的小一',
  'a keepalive probe from the client (an ACK with a sequence number one below the next)':
    '客户端的保活探测（ACK，序号比下一个该用的小一）',
  'the client sent none after the line was cut': '线路切断之后，客户端一个也没有发送',
  'the client sent data instead': '客户端发送的是数据',
  'Send nothing yourself: with SO_KEEPALIVE the kernel asks for you, without a byte of data.':
    '你自己什么也不要发送：有了 SO_KEEPALIVE，内核会替你去问，不带一个字节的数据。',
  'the client asks again a second later': '客户端一秒之后再问一次',
  'a second probe, after a second or more': '一秒或更久之后有第二个探测',
  'there was only one': '只有一个探测',
  'TCP_KEEPINTVL is the time between probes, and TCP_KEEPCNT how many there are: let it be two.':
    'TCP_KEEPINTVL 是两个探测之间的时间，TCP_KEEPCNT 是探测的个数：把个数设为 2。',

  // Giving up
  'CLOSED, after an RST that nobody hears': 'CLOSED，之前发出一个没有人听到的 RST',
  'the client gives the connection up': '客户端放弃这个连接',
  'no connection on the client any more, two probes after the silence began':
    '沉默开始之后发过两个探测，客户端就不再有这个连接',
  'after {n} probes the client still had it in {state}': '{n} 个探测之后，客户端上的这个连接还处于 {state}',
  'it gives up after two probes': '它在两个探测之后放弃',
  'two probes': '两个探测',
  'TCPAbortOnTimeout counted on the client: the kernel gave the connection up':
    '客户端上的 TCPAbortOnTimeout 增加，即内核放弃了这个连接',
  'it was not: the program closed the socket': '它没有增加：是程序关闭了套接字',
  'Do not close the socket yourself: leave it to the kernel, and wait for the error ETIMEDOUT.':
    '不要自己关闭套接字：把它交给内核，等待错误 ETIMEDOUT。',
  'giving up, it sends an RST into the dead line': '它放弃时，向切断了的线路发送一个 RST',

  // Half open, and back again
  'the server still has it in ESTABLISHED then': '这时服务器上的这个连接还处于 ESTABLISHED',
  'ESTABLISHED on the server, after the client has given up': '客户端放弃之后，服务器处于 ESTABLISHED',
  "the server answers with an ACK of the old connection's numbers, not with a SYN-ACK":
    '服务器用一个带旧连接的序号和确认号的 ACK 回答，而不是 SYN-ACK',
  'ESTABLISHED, the old connection': 'ESTABLISHED，旧的连接',
  'ESTABLISHED, a new socket': 'ESTABLISHED，新的套接字',
};
