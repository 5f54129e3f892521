import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // TIME_WAIT on the server
  'TIME_WAIT, no owner': 'TIME_WAIT，没有所有者',
  'the client does not close first': '客户端不先关闭',
  "the server's FIN before the client's: the one who closes first gets TIME_WAIT":
    '服务器的 FIN 在客户端的 FIN 之前：谁先关闭，谁就进入 TIME_WAIT',
  'the FIN of the client came first, so no TIME_WAIT is left on the server':
    '客户端的 FIN 先到，所以服务器上没有留下 TIME_WAIT',
  'the client, which closed last, has no TIME_WAIT': '后关闭的客户端没有 TIME_WAIT',
  'no TIME_WAIT on the client': '客户端上没有 TIME_WAIT',
  'the client has one as well': '客户端也有一个',

  // The FIN again
  'An RST ends TIME_WAIT at once, and so takes away the protection it gives (RFC 1337). Send the FIN again instead.':
    'RST 会立刻结束 TIME_WAIT，也就拿走了它提供的保护（RFC 1337）。不要发 RST，而要再发一次 FIN。',
  "the client's FIN a second time, for the ACK of the first is taken to be lost":
    '客户端的 FIN 再来一次，因为要当作对第一个 FIN 的 ACK 已经丢了',
  'the client sent its FIN only once': '客户端只发送了一次 FIN',
  'it has the same sequence number': '它的序号与第一次相同',
  'the same sequence number both times: it is the same FIN': '两次的序号相同：这是同一个 FIN',
  "the second FIN's number is {n} higher than the first's": '第二个 FIN 的序号比第一个大 {n}',
  "the second FIN's number is {n} lower than the first's": '第二个 FIN 的序号比第一个小 {n}',
  'it comes after a retransmission timeout': '它在一个重传超时之后到来',
  '{time} or more between the two, as a TCP that waits for an ACK leaves':
    '两次之间相隔 {time} 以上，就像一个在等 ACK 的 TCP 那样',
  'they are {time} apart, too close to see a clock run': '两次只相隔 {time}，太近了，看不出计时在走',
  'the row of TIME_WAIT has no owner': 'TIME_WAIT 那一行没有所有者',
  'TIME_WAIT without an owner: inode 0': '没有所有者的 TIME_WAIT：inode 为 0',
  'the row belongs to inode {n}': '那一行属于 inode {n}',

  // The clock
  'TIME_WAIT, its timer at 60 s again': 'TIME_WAIT，定时器回到 60 s',
  'the clock begins at 60 s': '计时从 60 s 开始',
  'a timer of 60 s from the first FIN on, whatever tcp_fin_timeout says':
    '从第一个 FIN 起，定时器是 60 s，不管 tcp_fin_timeout 是多少',
  'no row was seen': '没有看到 TIME_WAIT 的那一行',
  'it was set to {time}': '它被设成了 {time}',
  'The lab did not get to look at the clock between the two FINs.':
    '在两个 FIN 之间，实验环境没能看一眼计时。',
  'it falls': '计时往下走',
  'a timer of at most {time} before the second FIN': '第二个 FIN 之前，定时器至多是 {time}',
  'it was at {time}': '它当时是 {time}',
  'the second FIN sets it to 60 s again': '第二个 FIN 让它回到 60 s',
  'a timer of 60 s, counted from the second FIN': '定时器是 60 s，从第二个 FIN 算起',
  'no row was seen after it': '在那之后没有看到 TIME_WAIT 的那一行',
  'no TIME_WAIT any more': '不再有 TIME_WAIT',
  'TIME_WAIT lasts 60 s from the second FIN on, and not much longer':
    'TIME_WAIT 从第二个 FIN 起持续 60 s，不会长很多',
  '60 s to {time} between the second FIN and the end of TIME_WAIT':
    '第二个 FIN 与 TIME_WAIT 结束之间相隔 60 s 到 {time}',
  'there were {n}': '相隔的是 {n}',
};
