import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'ESTABLISHED: the gates keep everything from it': 'ESTABLISHED：闸门不让任何东西到达它',

  // Bytes, and a FIN
  'An RST throws away what is not acknowledged, and leaves nothing behind. Close in an orderly way: end().':
    'RST 会丢掉没有被确认的东西，什么都不留下。用正常的方式关闭：end()。',
  'the client sends bytes before it: {n}': '客户端在 FIN 之前发送字节：{n} 个',
  'at least one byte from the client before its FIN': '客户端在它的 FIN 之前至少发送一个字节',
  'the client sent a FIN and no data': '客户端发送了 FIN，没有发送数据',
  'Write once you are connected: what is written earlier waits in your program, and is lost with it.':
    '连上之后再写：在那之前写的还等在你的程序里，会和程序一起丢失。',

  // Without an owner
  'FIN_WAIT_1 without an owner (ino:0), and bytes in Send-Q, for {time} and more':
    'FIN_WAIT_1，没有所有者（ino:0），Send-Q 里有字节，持续 {time} 以上',
  'no program holds it any more': '不再有程序持有它',
  'FIN_WAIT_1 on a socket without an owner: ss shows ino:0':
    '一个没有所有者的套接字处于 FIN_WAIT_1：ss 显示 ino:0',
  'a program still held the socket after {time} in FIN_WAIT_1':
    '套接字在 FIN_WAIT_1 停了 {time}，仍然有程序持有它',
  '{n} numbers are not acknowledged: bytes and the FIN': '有 {n} 个序号没有被确认：那些字节，还有 FIN',
  'bytes and a FIN that are not acknowledged: Send-Q above 1': '有字节和 FIN 没有被确认：Send-Q 大于 1',
  'Send-Q was {n}': 'Send-Q 是 {n}',
  'the kernel keeps it for {time} at least': '内核至少保留它 {time}',
  'FIN_WAIT_1 without an owner for at least {time}': '没有所有者的 FIN_WAIT_1 至少持续 {time}',
  'it was there for {time}': '它只存在了 {time}',

  // Again, and again
  'the same again after about 0.2 s, 0.4 s and 0.8 s': '再次发送同样的东西，大约在 0.2 s、0.4 s、0.8 s 之后',
  'nothing: it gets none of it': '什么都没有：它一点也没有收到',
  'the kernel sends again what is not acknowledged, three times at least':
    '内核再次发送没有被确认的东西，至少三次',
  'the first unacknowledged byte on the wire four times at least':
    '第一个没有被确认的字节至少在线路上出现四次',
  'it was there once': '它只出现了一次',
  'it was there {n} times': '它出现了 {n} 次',
  'the waits grow: {waits}': '等待的时间越来越长：{waits}',
  'waits that double': '等待的时间每次加倍',
  'they were {waits}': '等待的时间是 {waits}',

  // When the gates open
  'the server acknowledges all {n} bytes, and the FIN': '服务器确认全部 {n} 个字节，以及 FIN',
};
