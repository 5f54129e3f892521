import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The answers
  'its own two lines, back again': '它自己的两行，原样回来',
  'clients connect to port {port}': '客户端连接到端口 {port}',
  'a server that listens on port {port} of the address it is given': '服务器在给它的地址上监听端口 {port}',
  'no client came that far: nobody listens there': '没有一个客户端走到这一步：那里没有谁在监听',
  'Listen on the address and port you are given, as the starter does.':
    '在给你的地址和端口上监听，就像起始代码那样。',
  'on each connection two questions come in, and go back': '在每个连接上，都有两个问题到来，又被发回去',
  'both questions of the client on port {port} to come back to it':
    '端口 {port} 上的客户端的两个问题都被发回给它',
  'it asked {asked}, and the server sent {sent}': '它问的是 {asked}，而服务器发送的是 {sent}',
  'it asked {asked}, and the server sent nothing': '它问的是 {asked}，而服务器什么都没有发送',
  'it asked nothing, and the server sent {sent}': '它什么都没有问，而服务器发送的是 {sent}',
  'it asked nothing, and the server sent nothing': '它什么都没有问，服务器也什么都没有发送',
  '"{text!}"': '"{text}"',
  '{n} clients have come': '{n} 个客户端都来了',
  '{n} clients, five at a time: the next when one has both answers':
    '{n} 个客户端，同时五个：一个得到两个回答之后，下一个才来',
  'only {n} came until the end of the run': '到运行结束，只来了 {n} 个',
  'Answer at once: send back what came in, when it comes in.': '立刻回答：来了什么，就马上发回什么。',

  // The closing
  'FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT: no RST came': 'FIN_WAIT_1、FIN_WAIT_2、TIME_WAIT：没有 RST 到来',
  'no RST sent': '没有发送 RST',
  'neither side sends an RST': '两边都不发送 RST',
  'no RST on any of the connections': '任何一个连接上都没有 RST',
  'the {host} sent an RST: the socket is gone, and so is whatever was still on its way':
    '{host}发送了 RST：套接字没有了，还在路上的东西也没有了',
  '{n} sockets in TIME_WAIT': '{n} 个套接字处于 TIME_WAIT',
  '{n} times CLOSE_WAIT → LAST_ACK, then only LISTEN': '{n} 次 CLOSE_WAIT → LAST_ACK，然后只剩 LISTEN',
  'the server leaves CLOSE_WAIT {n} times': '服务器离开 CLOSE_WAIT {n} 次',
  'no socket in CLOSE_WAIT {time} after the last client has closed':
    '最后一个客户端关闭 {time} 之后，没有套接字处于 CLOSE_WAIT',
  "{n} of {all} were still in it: their clients have closed, and the server's program has not":
    '{all} 个里有 {n} 个仍处于 CLOSE_WAIT：它们的客户端已经关闭，而服务器的程序没有',
  'every time the client closes first, and the server after it': '每次都是客户端先关闭，服务器随后关闭',
  "the client's FIN first, then the server's": '先是客户端的 FIN，然后是服务器的 FIN',
  "the server's FIN came first: this side was the first to close, so it never was in CLOSE_WAIT":
    '服务器的 FIN 先到：是这一侧先关闭的，所以它从来没有处于 CLOSE_WAIT',
  '{n} sockets go through CLOSE_WAIT → LAST_ACK → CLOSED':
    '{n} 个套接字依次经过 CLOSE_WAIT → LAST_ACK → CLOSED',
  'CLOSE_WAIT → LAST_ACK → CLOSED for all {n}': '{n} 个全都是 CLOSE_WAIT → LAST_ACK → CLOSED',
  'one of them showed {life}': '其中一个显示的是 {life}',

  // The listener
  'one LISTEN, all the time': '一个 LISTEN，自始至终',
  'the listener that took the first client is still there': '接受第一个客户端的监听套接字还在',
  'the same socket in LISTEN on port {port} from the first client to the last':
    '从第一个客户端到最后一个，端口 {port} 上都是同一个处于 LISTEN 的套接字',
  'there was none that was there from the beginning': '没有一个是从一开始就在那里的',
  'it was gone after {time}: whoever asks now is refused': '它在 {time} 之后就没有了：现在来问的都会被拒绝',
};
