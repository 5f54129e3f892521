import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The FIN, and FIN_WAIT_2 with CLOSE_WAIT
  'FIN_WAIT_2, and a program that holds the socket': 'FIN_WAIT_2，有程序持有套接字',
  'A reset closes both directions and throws away what is on its way. Use end(): it sends a FIN.':
    '重置会关闭两个方向，还丢掉路上的东西。用 end()：它发送 FIN。',
  'the server is in CLOSE_WAIT meanwhile': '与此同时，服务器处于 CLOSE_WAIT',
  'FIN_WAIT_2 on the client and CLOSE_WAIT on the server at the same time':
    '客户端处于 FIN_WAIT_2，同时服务器处于 CLOSE_WAIT',
  'the client left FIN_WAIT_2 after {time}': '客户端在 {time} 之后就离开了 FIN_WAIT_2',
  'a program on the client still holds the socket': '客户端上仍有程序持有套接字',
  'a socket that a program on the {host} holds: ss shows its uid and inode':
    '{host}上有程序持有的套接字：ss 会显示它的 uid 和 inode',
  'there was no socket any more': '套接字已经没有了',
  'no program held it any more (ino:0 in ss): both directions were closed, and nobody is left to read':
    '已经没有程序持有它（在 ss 里是 ino:0）：两个方向都关闭了，没有谁留下来读',
  'Find out what closes both directions: destroy(), process.exit(), and the end of the program. end() closes one. The program has to live on for the other.':
    '弄清楚什么会关闭两个方向：destroy()、process.exit()，以及程序的结束。end() 只关闭一个方向。为了另一个方向，程序必须继续运行。',

  // The answer
  'FIN_WAIT_2 with 0 bytes in Recv-Q, 65,536 acknowledged':
    'FIN_WAIT_2，Recv-Q 里有 0 字节，已确认 65,536 字节',
  'CLOSE_WAIT with 0 bytes in Send-Q': 'CLOSE_WAIT，Send-Q 里有 0 字节',
  'Keep the socket until the server has closed, too.': '保留套接字，直到服务器也关闭。',
  "the server sends data, after the client's FIN": '在客户端的 FIN 之后，服务器发送数据',
  "the client's program reads all {n} bytes": '客户端的程序读走全部 {n} 字节',
  "{n} bytes acknowledged, and none of them left in the client's Recv-Q":
    '{n} 字节都被确认，并且没有一个字节还留在客户端的 Recv-Q 里',
  "the client's kernel acknowledged {n}, and {more} bytes wait in its Recv-Q: nobody reads them":
    '客户端的内核确认了 {n} 字节，还有 {more} 字节在它的 Recv-Q 里等着：没有谁读它们',

  // To the end
  'FIN_WAIT_2, and a program that holds the socket; TIME_WAIT after the FIN of the server':
    'FIN_WAIT_2，有程序持有套接字；服务器的 FIN 之后是 TIME_WAIT',
  'the client sends only acknowledgements after that': '在那之后，客户端只发送确认',
  'no data from the client after its FIN': '客户端在它的 FIN 之后不发送数据',
  'the client sent data after its FIN': '客户端在它的 FIN 之后发送了数据',
  'a program on the client holds the socket until the server closes':
    '客户端上有程序持有套接字，直到服务器关闭',
};
