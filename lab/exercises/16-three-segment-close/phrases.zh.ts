import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Who closes first
  'the client closes first': '客户端先关闭',
  'the FIN of the client before any of the server': '客户端的 FIN 在服务器的任何 FIN 之前',
  'The server here closes because the client has closed. Wait for the end of what the client sends.':
    '在这个练习里，服务器是因为客户端已经关闭才关闭。要等到客户端发送的内容结束。',

  // One segment
  'CLOSE_WAIT for a moment only': '只在 CLOSE_WAIT 停一瞬间',
  'the segment that acknowledges the FIN is the server’s FIN': '确认这个 FIN 的报文段就是服务器的 FIN',
  "the ACK of the client's FIN and the server's own FIN in one segment":
    '对客户端 FIN 的 ACK 和服务器自己的 FIN 在同一个报文段里',
  'the ACK came with data, and {late}': 'ACK 随数据一起来，{late}',
  "the ACK came alone, {time} after the client's FIN, and {late}":
    'ACK 在客户端的 FIN 之后 {time} 单独到来，{late}',
  'the server never sent a FIN of its own': '而服务器一直没有发送自己的 FIN',
  "the server's FIN came {time} later": '服务器的 FIN 再过 {time} 才来',
  'The client has closed only its own direction. The other one is the server’s to close.':
    '客户端只关闭了它自己的方向。另一个方向要由服务器来关闭。',
  'Data takes the ACK along, and the FIN comes behind it. Close without a last word.':
    '数据把 ACK 带走了，FIN 跟在后面。关闭之前不要再说最后一句话。',
  'The kernel waits about 40 ms for something that can carry the ACK, then sends it alone. Close as soon as the end of the stream is read.':
    '内核大约等 40 ms，看有没有什么能携带这个 ACK，然后就单独发送它。一读到流的末尾就关闭。',

  // Three of them
  'the close is over after FIN, FIN with ACK, ACK': '经过 FIN、带 ACK 的 FIN、ACK，关闭就完成了',
  'three segments from the first FIN on': '从第一个 FIN 算起，三个报文段',
  'there were {n}': '一共有 {n} 个',
};
