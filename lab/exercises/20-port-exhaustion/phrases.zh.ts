import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  // The client closes first
  '{n} × TIME_WAIT, one on each port': '{n} × TIME_WAIT，每个端口一个',
  'it opens {n} connections, one from each port, and not one more':
    '它打开 {n} 个连接，每个端口一个，一个也不多',
  '{n} connections of the {count} that were asked for: the ports {first} to {last}, each once':
    '要求的 {count} 个连接里打开 {n} 个，从 {first} 到 {last} 的端口各用一次',
  'the client opened {connections} from {ports}': '客户端用 {ports}打开了 {connections}',
  'the client opened {connections}': '客户端打开了 {connections}',
  '1 connection': '1 个连接',
  '{n} connections': '{n} 个连接',
  'one port': '一个端口',
  '{n} ports': '{n} 个端口',
  'A port that is free at once had no TIME_WAIT. Close with end(), so that FIN is sent, and not RST.':
    '立刻就空闲的端口没有过 TIME_WAIT。用 end() 关闭，这样发送的是 FIN，而不是 RST。',
  'Open {count} connections, one after another, and close each one yourself before the next.':
    '一个接一个地打开 {count} 个连接，每个都由你关闭之后再打开下一个。',
  'it closes each before it opens the next': '它关闭一个之后才打开下一个',
  "the client's FIN before the SYN of the next connection": '客户端的 FIN 在下一个连接的 SYN 之前',
  'the connection from port {port} was still open when the next one began':
    '下一个连接开始时，端口 {port} 上的那个连接还开着',
  'the client closes each of them first': '每个连接都由客户端先关闭',
  "the client's FIN first, in every connection": '在每个连接里都是客户端的 FIN 在先',
  'the server closed one first': '有一个连接是服务器先关闭的',
  'one of them had no FIN at all': '有一个连接根本没有 FIN',
  'each leaves TIME_WAIT on the client: {n} of them': '每个连接都在客户端留下 TIME_WAIT：一共 {n} 个',
  'TIME_WAIT on each of the {n} ports': '{n} 个端口上各有一个 TIME_WAIT',
  'port {port} was not seen in TIME_WAIT': '没有看到端口 {port} 处于 TIME_WAIT',
  "each comes from a port from {first} to {last}, the kernel's choice":
    '每个连接都用 {first} 到 {last} 之间的端口，由内核挑选',
  "only ports from {first} to {last}, the client's ip_local_port_range":
    '只用 {first} 到 {last} 的端口，即客户端的 ip_local_port_range',
  'one connection came from port {port}': '有一个连接用的是端口 {port}',
  'Leave the choice of the port to the kernel: no localPort, no bind().':
    '把端口留给内核挑选：不要 localPort，也不要 bind()。',

  // The server closes first
  'no TIME_WAIT': '没有 TIME_WAIT',
  'TIME_WAIT instead': 'TIME_WAIT 在这一端',
  'the server closes each of them first': '每个连接都由服务器先关闭',
  "the server's FIN first, in every connection to this server":
    '到这个服务器的每个连接里，都是服务器的 FIN 在先',
  'the client closed one before the server did': '有一个连接，服务器还没有关闭，客户端就先关闭了',
  'it opens all {count} connections, with {n} ports': '它只用 {n} 个端口，就打开了全部 {count} 个连接',
  '{count} connections, as the third argument says': '{count} 个连接，正如第三个参数所说',
  'none of them leaves TIME_WAIT on the client': '没有一个连接在客户端留下 TIME_WAIT',
  'no TIME_WAIT on the client for this server': '客户端没有与这个服务器有关的 TIME_WAIT',
  'port {port} was in TIME_WAIT': '端口 {port} 处于 TIME_WAIT',

  // With tcp_tw_reuse
  'TIME_WAIT on its old ports, taken over one by one': '旧端口上的 TIME_WAIT，一个接一个被新连接接手',
  'it opens {n} connections again': '它又打开 {n} 个连接',
  '{n} new connections, once tcp_tw_reuse was 1': 'tcp_tw_reuse 变成 1 之后有 {n} 个新连接',
  'each from a port that was in TIME_WAIT until then': '每个都用一个在那之前处于 TIME_WAIT 的端口',
  'ports in TIME_WAIT, less than 60 s after their last use':
    '用处于 TIME_WAIT 的端口，上次使用之后还不到 60 s',
  'port {port} was free before': '端口 {port} 在那之前是空闲的',

  // After 60 seconds
  'TIME_WAIT anew': '重新有 TIME_WAIT',
  '{n} new connections when no TIME_WAIT is left': '不再有 TIME_WAIT 时，有 {n} 个新连接',
};
