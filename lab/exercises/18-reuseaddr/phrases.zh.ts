import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  reuse: 'reuse',
  noreuse: 'noreuse',

  // The servers that are killed
  'TIME_WAIT on both ports': '两个端口上都是 TIME_WAIT',
  'the server with {option} listens on port {port}': '被告知 {option} 的服务器在端口 {port} 上监听',
  'LISTEN on port {port}, at the address that the program is given':
    '端口 {port} 上有 LISTEN，地址是交给程序的那个',
  'no program listened there': '没有程序在那里监听',
  'The server has to be the end that closes first, with FIN and not with RST: accept, and keep the connection. The lab then kills your program.':
    '服务器必须是先关闭的一端，而且用 FIN，不用 RST：接受连接，并保持它。然后实验环境会杀死你的程序。',

  // The servers that come after them
  'TIME_WAIT, and LISTEN again': 'TIME_WAIT，并且又有 LISTEN',
  'TIME_WAIT, no LISTEN': 'TIME_WAIT，没有 LISTEN',
  'TIME_WAIT is on port {port} all the while': '在这段时间里，端口 {port} 上一直是 TIME_WAIT',
  'TIME_WAIT on port {port} while the new server tries': '新服务器尝试的时候，端口 {port} 上是 TIME_WAIT',
  'it was gone before': '它在那之前就没有了',
  'a server listens on port {port} again': '又有服务器在端口 {port} 上监听',
  'no server listens on port {port}': '没有服务器在端口 {port} 上监听',
  'LISTEN on port {port} beside TIME_WAIT: both the old server and the new one were told reuse':
    '端口 {port} 上除了 TIME_WAIT 还有 LISTEN：旧服务器和新服务器都被告知 reuse',
  'no new listener: the old server was told {old}, the new one {fresh}, so the kernel refuses with EADDRINUSE':
    '没有新的监听套接字：旧服务器被告知 {old}，新服务器被告知 {fresh}，所以内核以 EADDRINUSE 拒绝',
  'a program listened on port {port}': '有程序在端口 {port} 上监听',
  'Listen on the port you are given or not at all: nobody would look for you anywhere else.':
    '要么在给你的端口上监听，要么就不监听：没有谁会到别处去找你。',

  // A second one beside the first
  'one LISTEN on the port': '端口上有一个 LISTEN',
  'only one program listens on port {port}': '端口 {port} 上只有一个程序在监听',
  'one listener on port {port}, though a second server was started with reuse':
    '端口 {port} 上只有一个监听套接字，虽然第二个服务器也以 reuse 启动了',
  'two programs listened there at the same time, which SO_REUSEADDR alone does not allow':
    '有两个程序同时在那里监听，而单靠 SO_REUSEADDR 是不允许这样的',

  // A run that did not get so far
  'the old servers are gone, and have left TIME_WAIT behind': '旧服务器已经没有了，留下了 TIME_WAIT',
  'servers with noreuse have had their chance': '以 noreuse 启动的服务器已经有过监听的机会',
  'servers with reuse have had their chance': '以 reuse 启动的服务器已经有过监听的机会',
  'a second server with reuse has had its chance beside the first':
    '第二个以 reuse 启动的服务器已经有过在第一个旁边监听的机会',
  'the run to get so far': '运行到达这一步',
  'it ended before': '它在那之前就结束了',
};
