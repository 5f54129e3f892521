import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'LISTEN on port {port} of the server': '服务器的端口 {port} 处于 LISTEN',
  'nobody listened there': '那里没有人监听',

  'bytes lie unread in the queue to the last': '直到最后，队列里都有未读的字节',
  "unread bytes in the socket's queue (Recv-Q in ss) when the server closes":
    '服务器关闭时，套接字的队列里（ss 里的 Recv-Q）有未读的字节',
  'Recv-Q was 0: the program had read them all': 'Recv-Q 是 0：程序已经把它们全部读走了',
  'Recv-Q was 0: the program read them as they came': 'Recv-Q 是 0：字节一到，程序就读走了',
  'Somebody reads: a handler of data, resume() or pipe(); and a Node socket without any handler is read all the same. pauseOnConnect stops that.':
    '有人在读：data 的处理函数、resume() 或 pipe()；而没有任何处理函数的 Node 套接字也照样会被读取。pauseOnConnect 能阻止这件事。',

  'end() closes the sending side only, and the kernel waits for you to read on. Close both: destroy().':
    'end() 只关闭发送方向，内核会等你继续读。两个方向都要关闭：destroy()。',
  'the server closes the connection': '服务器关闭连接',
  'the connection closed by the server while the bytes are unread': '服务器在字节还未读时关闭连接',

  'TCPAbortOnClose counted once': 'TCPAbortOnClose 增加 1',
  'TCPAbortOnClose counted, a close with unread bytes': 'TCPAbortOnClose 增加，它数的是带着未读字节的关闭',
  'it was not; TCPAbortOnData, a close with SO_LINGER, grew by {n}':
    '它没有增加；TCPAbortOnData 增加了 {n}，它数的是用 SO_LINGER 的关闭',
};
