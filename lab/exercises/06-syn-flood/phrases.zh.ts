import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The flood
  'SYN_RCVD, many times': '很多个 SYN_RCVD',
  'SYNs from {n} ports of the client arrive': '来自客户端 {n} 个端口的 SYN 到达',
  'SYNs from {n} ports of the client': '来自客户端 {n} 个端口的 SYN',
  'none arrived at the port of the server': '没有一个到达服务器的端口',
  'they came from one port only': '它们都来自同一个端口',
  'they came from {n} ports': '它们只来自 {n} 个端口',
  'SYNs and nothing else from the client': '客户端只发送 SYN，别的什么也不发',

  // The queue is full
  'SYN_RCVD as often as its queue has room, and no more': '队列有多少位置，就有多少个 SYN_RCVD，不会更多',
  'the server holds {n} connections in SYN_RCVD, or one more':
    '服务器上有 {n} 个连接停在 SYN_RCVD，也可能多一个',
  '{n} connections in SYN_RCVD at a time, or one more: so many its queue holds':
    '同时有 {n} 个连接处于 SYN_RCVD，也可能多一个：它的队列就能放这么多',
  '{n} SYNs find no room and get no answer': '{n} 个 SYN 找不到位置，得不到应答',
  'SYNs that find no room and get no answer': '有些 SYN 找不到位置，得不到应答',
  'all {n} were answered': '{n} 个全都得到了应答',

  // An honest client without cookies
  'SYN_RCVD for the flood, and nothing for the honest client': '洪泛有 SYN_RCVD，正常的客户端什么也没有',
  'an honest client sends a SYN': '一个正常的客户端发送 SYN',
  'an honest client that connects': '一个正常的客户端发起连接',
  'it is there for as long as tcp_syncookies is 0': '只要 tcp_syncookies 是 0，它就一直在那里',
  'SYN_SENT for as long as tcp_syncookies is 0': '只要 tcp_syncookies 是 0，就一直处于 SYN_SENT',
  '{counter!} to rise': '{counter} 增加',
  'it stayed as it was': '它没有变',

  // And with them
  'first no socket at all for it, then ESTABLISHED': '起初完全没有它的套接字，然后 ESTABLISHED',
  'another honest client comes': '又来了一个正常的客户端',
  'another honest client, once tcp_syncookies is 1': 'tcp_syncookies 变成 1 之后，又来一个正常的客户端',
  'its first data bring the cookie back, and the server makes a socket':
    '它最初的数据把 cookie 带回来，服务器就建立套接字',
  'a socket on the server for it, in the end': '服务器上最后有它的套接字',
  'for {time} the server has no socket for it, then at once one in ESTABLISHED':
    '服务器先有 {time} 没有它的套接字，然后直接有了一个处于 ESTABLISHED 的',
  'no SYN_RCVD on the server for this client: the cookie is all there is':
    '服务器上没有这个客户端的 SYN_RCVD：有的只是 cookie',
};
