import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Three segments
  'The kernel of the client knows nothing of this connection, and so it refused the SYN-ACK. Let the kernel open it: connect().':
    '客户端的内核对这个连接一无所知，所以拒绝了 SYN-ACK。让内核来打开连接：connect()。',

  // Numbers
  'what it sends next has the number of its ACK': '它接下来发送的东西，序号与它的 ACK 相同',
  'the client sends something that takes numbers: data, or a FIN when it is stopped':
    '客户端发送占序号的东西：数据，或者在被停止时发送 FIN',
  'data or a FIN from the client after its ACK': '客户端在它的 ACK 之后发送数据或 FIN',
  'it sent neither': '它两样都没有发送',
  'it has the same number as the ACK before it: SYN + 1': '它的序号与前面的 ACK 相同：SYN + 1',
  'sequence number 1, counted from the SYN': '序号是 1，从 SYN 数起',
  'it was {n}': '它是 {n}',

  // Ports
  'two connections to the same port, from two ports': '从两个端口通往同一个端口的两个连接',
  'two connections': '两个连接',
  "the client's port, {port}, is one that the kernel gives out": '客户端的端口 {port} 是内核会分配的端口',
  'a port of the client from {low} to {high} (ip_local_port_range)':
    '客户端的端口在 {low} 到 {high} 之间（ip_local_port_range）',
  'its port was {port}, which the kernel gives to nobody who does not ask for it':
    '它的端口是 {port}，内核只会把它给指明要它的程序',
  'the program runs a second time, and connects to port {port} too': '程序第二次运行，也连接到端口 {port}',
};
