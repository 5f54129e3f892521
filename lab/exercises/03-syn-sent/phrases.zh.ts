import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Refused
  'SYN_SENT for an instant, then CLOSED': '短短一瞬的 SYN_SENT，然后 CLOSED',
  'no socket: it answers with an RST': '没有套接字：它用 RST 答复',

  // Silence
  'SYN_SENT for about 7 s, then CLOSED': 'SYN_SENT 大约 7 s，然后 CLOSED',
  'no socket: it never gets the SYN': '没有套接字：它从来没有收到 SYN',
  'the program is started again, and its SYN is lost': '程序再次启动，它的 SYN 丢失',
  'SYN_SENT is a state of the kernel. Who sends SYNs by hand has no socket there: call connect(), and the kernel does the rest.':
    'SYN_SENT 是内核里的状态。手工发送 SYN 的程序在那里没有套接字：调用 connect()，其余的由内核来做。',

  // The SYN again
  'the same SYN, again and again': '同一个 SYN，一次又一次',
  'the client sends the SYN again {time} later': '客户端在 {time} 之后重发 SYN',
  'the same SYN again after about {time}': '大约 {time} 之后再来一次同样的 SYN',
  'no other came': '没有再来',
  'then no SYN comes any more: {n} in all': '之后不再有 SYN：一共 {n} 个',
  '{n} SYNs in all': '一共 {n} 个 SYN',

  // What the program prints
  'ECONNREFUSED for the RST, ETIMEDOUT for the silence': '遇到 RST 是 ECONNREFUSED，遇到沉默是 ETIMEDOUT',
  'when it was refused, the program prints {code}': '被拒绝时，程序打印 {code}',
  'when it got no answer, the program prints {code}': '得不到答复时，程序打印 {code}',
  'the program to print {code} on standard output when it was refused':
    '被拒绝时，程序在标准输出上打印 {code}',
  'the program to print {code} on standard output when it got no answer':
    '得不到答复时，程序在标准输出上打印 {code}',
  'that stood only on standard error, where nobody reads it': '它只出现在标准错误上，那里没有人看',
  'it printed neither code': '两个代码它都没有打印',
  'it printed {codes}': '它打印的是 {codes}',
};
