import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Every port is asked
  'SYN_SENT, for each port': 'SYN_SENT，每个端口一个',
  'no socket: an RST, or nothing': '没有套接字：回一个 RST，或者什么也不回',
  'port {port} refuses the first SYN at once': '端口 {port} 立刻拒绝第一个 SYN',
  'one SYN to port {port}, and an RST within {ms} ms':
    '发往端口 {port} 的 SYN 只有一个，{ms} ms 之内就有 RST',
  'the RST came after {time} and {syns}': 'RST 在 {time} 之后才来，SYN 有 {syns}',
  'one SYN': '一个',
  '{n} SYNs': '{n} 个',

  // One lost SYN is not silence
  'SYN_SENT for more than a second, and a second SYN': 'SYN_SENT 超过一秒，并且有第二个 SYN',
  'a second SYN goes to port {port}': '第二个 SYN 发往端口 {port}',
  'a second SYN to port {port}, a second after the first': '有第二个 SYN 发往端口 {port}，在第一个的一秒之后',
  'only one SYN was sent there, and the program did not wait for more':
    '只有一个 SYN 发到那里，程序没有再等下去',

  // The report
  'a line for every RST': '每个 RST 都有一行',
  'an RST from each of them': '每个这样的端口都回一个 RST',
  'a line for every SYN without an answer': '每个没有回答的 SYN 都有一行',
  'nothing: no segment from these ports': '什么也没有：这些端口不发送报文段',
  'an RST comes back from port {port}': '从端口 {port} 回来一个 RST',
  'nothing comes back from port {port}': '从端口 {port} 什么也没有回来',
  'the program prints: {line!}': '程序打印：{line}',
  'the line "{line!}"': '有“{line}”这一行',
  'the program printed no such line: no line of it names that port':
    '程序没有打印这样一行：它的输出里没有一行提到那个端口',
  'the program printed no such line; of that port it says "{line!}"':
    '程序没有打印这样一行；关于那个端口，它打印的是“{line}”',
  'the program called it {words}': '程序写的是 {words}',
  refused: 'refused',
  silent: 'silent',

  // The lab's own fault
  'Port {port} should have been silent, and something came back from it.':
    '端口 {port} 本该沉默，却有东西从它那里回来。',
  'The lab lost more than the first SYN to port {port}: nothing came back.':
    '实验环境丢弃的不只是发往端口 {port} 的第一个 SYN：什么也没有回来。',
};
