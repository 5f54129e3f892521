import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Two connections
  'FIN_WAIT_2 twice': 'FIN_WAIT_2，两个',
  'CLOSE_WAIT twice': 'CLOSE_WAIT，两个',
  'The two must exist side by side: open a second connection.': '两个连接必须同时存在：再打开一个连接。',
  'A reset ends a connection at once, without any closing state. Use end() or destroy().':
    '重置会立刻结束连接，不经过任何关闭状态。用 end() 或 destroy()。',
  'the server acknowledges the FIN': '服务器确认 FIN',

  // The orphan
  'FIN_WAIT_2 without an owner for {time}': 'FIN_WAIT_2，没有所有者，持续 {time}',
  'one of the two has no owner': '两个中有一个没有所有者',
  'one socket in FIN_WAIT_2 that no program holds': '有一个处于 FIN_WAIT_2 的套接字不被任何程序持有',
  'the client program still holds both': '客户端的程序仍然持有两个',
  'Ending the sending side leaves the socket with the program. Which call gives the descriptor back to the kernel?':
    '结束发送方向之后，套接字仍在程序手里。哪个调用把描述符交还给内核？',
  'the kernel forgets it after tcp_fin_timeout, {time}': '内核在 tcp_fin_timeout（{time}）之后忘掉它',
  'the socket without an owner to be gone after about {time}': '没有所有者的套接字在大约 {time} 之后消失',
  'it was gone after {time}': '它在 {time} 之后消失了',
  'the server never closed its side': '服务器一直没有关闭它那一侧',

  // The one that stays
  'FIN_WAIT_2 with an owner, longer than {time}': 'FIN_WAIT_2，有所有者，超过 {time}',
  'one of the two keeps its owner': '两个中有一个保住了它的所有者',
  'one socket in FIN_WAIT_2 that the client program holds until the end':
    '有一个处于 FIN_WAIT_2 的套接字由客户端的程序一直持有到最后',
  'the program held it only for a while: in the end neither has an owner':
    '程序只持有了一阵子：到最后，两个都没有所有者',
  'no program held either of them': '两个都没有程序持有',
  'A descriptor that was given back has no owner. Which call sends the FIN and keeps the descriptor? Does the program still run?':
    '描述符交还之后，套接字就没有所有者了。哪个调用发送 FIN，又保留描述符？程序还在运行吗？',
};
