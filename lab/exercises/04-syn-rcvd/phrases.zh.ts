import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'LISTEN, and no SYN_RCVD any more': 'LISTEN，不再有 SYN_RCVD',
  'the server sends the SYN-ACK again': '服务器重发 SYN-ACK',
  'the same SYN-ACK again after about 1 s': '大约 1 s 之后再来一次同样的 SYN-ACK',
  'Send the SYN once only: the server answers every one at once, and you never see its own timer.':
    'SYN 只发送一次：服务器对每一个都立刻答复，你就看不到它自己的定时器。',
  'Find out who sends that ACK: your program, or the kernel below it? An ordinary socket leaves it to the kernel. Use a RawPeer.':
    '弄清楚那个 ACK 是谁发送的：你的程序，还是它下面的内核？普通的套接字把它留给内核。用 RawPeer。',
};
