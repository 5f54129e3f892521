import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // Both connect
  'the {host} connects from port {port} to {to}': '{host}从端口 {port} 连接 {to}',
  'a socket on the {host} that connects from port {port} to {to}':
    '{host}上有一个从端口 {port} 连接 {to} 的套接字',
  'it listened instead, on {where}': '它没有连接，而是在 {where} 上监听',
  'the one to {to} came from port {port}': '连接 {to} 的那一个来自端口 {port}',
  'it connected to {where}': '它连接的是 {where}',

  // Nobody listens
  'no LISTEN': '没有 LISTEN',
  'nothing listens on the {host}': '{host}上没有谁在监听',
  'no listener on the {host}': '{host}上没有监听套接字',
  'one listened on {where}': '有一个在 {where} 上监听',

  // The SYNs cross
  'the {host} is in SYN_SENT until the SYNs are delivered': '{host}处于 SYN_SENT，直到 SYN 送达',
  'SYN_SENT on the {host} until the SYNs are delivered': '{host}处于 SYN_SENT，直到 SYN 送达',

  // One connection
  'ESTABLISHED, one socket': 'ESTABLISHED，一个套接字',
  'it is the only socket that the {host} ever had': '它是{host}有过的唯一一个套接字',
  'one socket on the {host}': '{host}上只有一个套接字',
  'it had {n}': '它有过 {n} 个',
};
