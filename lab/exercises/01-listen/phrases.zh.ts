import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The port before the server and with it
  'LISTEN at the port given': '在给定的端口上处于 LISTEN',
  'a SYN comes before the server runs': '服务器运行之前来了一个 SYN',
  "nobody listens: the server's kernel refuses it with an RST": '没有程序在监听：服务器的内核用 RST 拒绝它',
  'a socket of the server is in LISTEN at port {port}': '服务器有一个套接字在端口 {port} 上处于 LISTEN',
  'a socket of the server in LISTEN at port {port}': '服务器有一个套接字在端口 {port} 上处于 LISTEN',
  'no socket of the server was in LISTEN there': '服务器没有套接字在那里处于 LISTEN',
  'Call listen() on a server: until then no socket is in LISTEN. A server that listens keeps its program running.':
    '对服务器调用 listen()：在那之前没有套接字处于 LISTEN。监听着的服务器会让程序一直运行。',

  // The address
  'LISTEN at the address given': '在给定的地址上处于 LISTEN',
  'the socket is bound to the address given': '套接字绑定的是给定的地址',
  'the server in LISTEN on the address given': '服务器在给定的地址上处于 LISTEN',
  'the server in LISTEN on {where}': '服务器在 {where} 上处于 LISTEN',
  'it is on {where}, which means every address that the host has or will have':
    '它在 {where} 上，也就是主机现在和将来的每一个地址',
  'it is on {where}, which can be reached from the server itself only':
    '它在 {where} 上，只有从服务器自己才能到达那里',
  'it is on {where}': '它在 {where} 上',

  // The backlog
  'LISTEN, and the backlog given in Send-Q': 'LISTEN，Send-Q 是给定的 backlog',
  'the backlog is {n}': 'backlog 是 {n}',
  'a backlog of {n}, in the column Send-Q of ss': 'backlog 是 {n}，显示在 ss 的 Send-Q 一列',
  'the socket has a backlog of {n}': '套接字的 backlog 是 {n}',
  'the socket has a backlog of {n}, which is what Node asks for when listen() is given none':
    '套接字的 backlog 是 {n}，那是没有把 backlog 交给 listen() 时 Node 自己要的值',

  // To the end
  'LISTEN to the end of the run, and a new socket for the connection':
    'LISTEN 直到运行结束，另有一个为连接新建的套接字',
  'the server is still in LISTEN when the run is over': '运行结束时服务器还处于 LISTEN',
  'the server was in LISTEN for {time}, and then closed its socket':
    '服务器处于 LISTEN 有 {time}，然后关闭了套接字',
  'a second SYN comes while the server listens': '服务器监听的时候来了第二个 SYN',
};
