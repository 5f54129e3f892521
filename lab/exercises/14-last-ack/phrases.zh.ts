import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'FIN_WAIT_1, then FIN_WAIT_2, which may be too short to be seen':
    '先 FIN_WAIT_1，再 FIN_WAIT_2（可能短得看不到）',
  // Who closes first
  'the server does not close before the client': '服务器不在客户端之前关闭',
  'the FIN of the client before that of the server': '客户端的 FIN 在服务器的 FIN 之前',
  'Who closes first never comes to LAST_ACK. Wait for the end of what the client sends.':
    '先关闭的一方永远到不了 LAST_ACK。要等到客户端发送的内容结束。',
  'The client has closed only its own direction, and the server stays in CLOSE_WAIT. Read to the end of the stream, then close.':
    '客户端只关闭了它自己的方向，服务器停在 CLOSE_WAIT。读到流的末尾，然后关闭。',

  // LAST_ACK
  'LAST_ACK until the gate opens': 'LAST_ACK，直到闸门打开',
  'the server stays in LAST_ACK until the gate opens': '服务器停在 LAST_ACK，直到闸门打开',
  'LAST_ACK until the ACK of the FIN may come': '一直处于 LAST_ACK，直到对 FIN 的 ACK 可以到来',
  'the server was in LAST_ACK for {time}': '服务器处于 LAST_ACK 的时间是 {time}',
  'the same FIN a second time': '同一个 FIN 再来一次',
  'it came never': '它从来没有来',
  'the client acknowledges FIN number {n}': '客户端确认第 {n} 个 FIN',
};
