import type { Phrases } from '../exercise/phrases.ts';

/** What the programs in `servers/` and `clients/` do, in Chinese: the first sentence of each. */
export const phrases: Phrases = {
  'Listens with the backlog that it is given as third argument, and does nothing else.':
    '用第三个参数给出的 backlog 监听，此外什么都不做。',
  'Connects and stays connected until it is told to stop.': '建立连接，一直保持到让它停止为止。',
  'Listens with a backlog of 1, and accepts one connection each time it is told to (SIGUSR2).':
    '用 1 的 backlog 监听，每次得到命令（SIGUSR2）就接受一个连接。',
  'Sends back the first bytes that it receives, and then closes first, as HTTP/1.0 does.':
    '把收到的第一批字节发回去，然后先关闭，像 HTTP/1.0 那样。',
  'Answers with 64 KiB when it is told to (SIGUSR2), long after the client has closed; told again, it closes.':
    '得到命令（SIGUSR2）时用 64 KiB 答复，那时客户端早已关闭；再次得到命令就关闭。',
  'Closes every connection as soon as it is accepted.': '每个连接一接受就关闭。',
  'Closes when the client has closed.': '客户端关闭之后它也关闭。',
  'Keeps its side open for half a second after the client has closed, then closes too.':
    '客户端关闭之后，它这一端再保持打开半秒，然后也关闭。',
  'Counts the sockets of its host by state, and its connections by peer, as `netstat -ant | awk` does.':
    '按状态数它的主机上的套接字，按对端数连接，像 `netstat -ant | awk` 那样。',
  'Sends back whatever it receives, and closes when the client has closed.':
    '收到什么就发回什么，客户端关闭之后它也关闭。',
  'Reads nothing of what comes, and closes its sending side when it is told to (SIGUSR2).':
    '到来的什么都不读，得到命令（SIGUSR2）时关闭发送方向。',
  'Listens on its port and the two after it; greets with BYTES bytes (third argument) whoever comes to the last of them.':
    '监听它的端口和后面两个端口；对来到最后一个端口的连接，用 BYTES 个字节（第三个参数）打招呼。',
  'Closes every connection as soon as it is accepted, for reading and for writing.':
    '每个连接一接受就关闭，读和写都关闭。',
  'Listens without having bound anything.': '没有绑定任何地址就监听。',
  'Listens and does nothing else.': '监听，此外什么都不做。',
  'Listens with a backlog of 1 and never accepts.': '用 1 的 backlog 监听，从不接受连接。',
  'Accepts connections, reads to the end of them, and never closes its own side.':
    '接受连接，一直读到末尾，从不关闭自己这一端。',
  'Accepts connections, and reads nothing of what comes.': '接受连接，到来的什么都不读。',
  'Keeps only its newest connection.': '只保留最新的一个连接。',
  'Binds its port and does not listen there until it is told to (SIGUSR2).':
    '绑定它的端口，得到命令（SIGUSR2）之前不在那里监听。',
  'Echoes, on a socket bound with SO_REUSEADDR or without it.':
    '收到什么就发回什么，套接字绑定时带或不带 SO_REUSEADDR。',
  'Takes a SYN by hand and keeps the SYN-ACK back until it is told to stop; then it sends it.':
    '手工接收 SYN，把 SYN-ACK 扣下，直到让它停止；那时才发送。',
  'Echoes, on a socket bound without SO_REUSEADDR, which Node by itself always sets.':
    '收到什么就发回什么，套接字绑定时不带 SO_REUSEADDR，而 Node 自己总会设置它。',
  'Connects, sends more than the server reads, and aborts.':
    '建立连接，发送比服务器读的更多的数据，然后中止。',
  'COUNT clients (third argument), five at a time.': 'COUNT 个客户端（第三个参数），一次五个。',
  'Opens a connection, closes it, and opens the next, as long as it has a port for one; then it tries again a second later.':
    '打开一个连接，关闭它，再打开下一个，只要还有端口可用；没有了就一秒之后再试。',
  'Connects, sends a line, closes, and ends as soon as the kernel has taken both.':
    '建立连接，发送一行，关闭，内核一接过这两件事就结束。',
  'Connects from a port it is told (third argument), and closes its sending side when it is told to stop, connected or not.':
    '从给定的端口（第三个参数）建立连接，让它停止时关闭发送方向，不管连上没有。',
  'Connects, closes its sending side, and when it is told to stop it resets what is left of the connection.':
    '建立连接，关闭发送方向，让它停止时重置连接剩下的部分。',
  'Connects, closes its sending side when it is told to stop, and reads until the server has closed too.':
    '建立连接，让它停止时关闭发送方向，一直读到服务器也关闭。',
  'Connects and closes at once.': '建立连接，立刻关闭。',
  'Connects from a port it is told (third argument), and resets the connection as soon as it is there.':
    '从给定的端口（第三个参数）建立连接，一连上就重置它。',
  'Opens COUNT connections to each ADDRESS PORT COUNT that it is given, and never closes one.':
    '对给出的每组 ADDRESS PORT COUNT 打开 COUNT 个连接，一个都不关闭。',
  'Connects, and says goodbye with TCP_CORK set.': '建立连接，在设置了 TCP_CORK 的情况下告别。',
  "Answers the server's FIN with a FIN that does not acknowledge it, as if both had closed at the same moment.":
    '用一个不确认服务器 FIN 的 FIN 来答复它，好像两端在同一时刻关闭。',
  'Opens a connection with TCP Fast Open, and so its first word leaves together with the SYN.':
    '用 TCP Fast Open 打开连接，于是它的第一句话和 SYN 一起离开。',
  'Connects without quick ACKs, and speaks as soon as it can.': '不用快速 ACK 建立连接，一能说话就说。',
  'Connects, closes its sending side, and keeps reading until the server has closed too.':
    '建立连接，关闭发送方向，继续读到服务器也关闭。',
  'Opens many connections by half.': '打开许多半开的连接。',
  'Finds out by keepalive that its server no longer answers, and connects again from the same port (third argument).':
    '靠 keepalive 发现服务器不再答复，然后从同一个端口（第三个参数）重新连接。',
  'Uses the same two ports twice, by hand; in between and after come late segments of the first time.':
    '手工把同样的两个端口用两次；中间和之后会有第一次迟到的报文段。',
  'Connects, and then neither reads nor closes.': '建立连接，然后既不读也不关闭。',
  'Closes last, by hand; then, order by order (SIGUSR2).': '手工最后关闭；然后按命令（SIGUSR2）一步一步来。',
  'Opens COUNT connections (third argument), one after another, asks each server once, and closes each before the next.':
    '一个接一个打开 COUNT 个连接（第三个参数），每个服务器问一次，关闭之后再开下一个。',
  'Opens COUNT connections (third argument), sends BYTES bytes (fourth argument) on each, closes it, and waits for the server.':
    '打开 COUNT 个连接（第三个参数），在每个上面发送 BYTES 个字节（第四个参数），关闭它，等待服务器。',
  'Asks ADDRESS PORT pairs, all at once, and prints for each a line.':
    '同时询问几组 ADDRESS PORT，为每一组打印一行。',
  "Tries to connect, waits for whatever comes of it, and prints the error's code.":
    '试图建立连接，等待结果，打印错误的代码。',
  'Asks three times, each on a connection of its own, and closes its sending side a moment after it has the answer.':
    '问三次，每次用一个自己的连接，得到答复之后片刻关闭发送方向。',
  'Closes last, by hand, and behaves as if the last ACK had been lost.':
    '手工最后关闭，表现得好像最后的 ACK 丢了。',
  'Resets a connection by hand, order by order (SIGUSR2).': '手工重置连接，按命令（SIGUSR2）一步一步来。',
  "Connects from a port of its own choice, the server's port plus one, and closes when the server has closed.":
    '从自己选的端口（服务器的端口加一）建立连接，服务器关闭之后它也关闭。',
  'Told to (SIGUSR2), it closes its sending side; told again, it tries to send all the same, and then opens another connection.':
    '得到命令（SIGUSR2）就关闭发送方向；再次得到命令，它仍然试图发送，然后打开另一个连接。',
  'Connects, sends BYTES bytes (third argument, 4096 if not given), and stays connected until the server closes.':
    '建立连接，发送 BYTES 个字节（第三个参数，不给就是 4096），保持连接直到服务器关闭。',
  'Opens two connections and ends both.': '打开两个连接，把两个都结束。',
  'Connects from a port it is told (third argument) to a peer that at the same time connects to that port.':
    '从给定的端口（第三个参数）连接对端，而对端同时也在连接那个端口。',
  'Opens COUNT connections (third argument, 1 if not given), and says a word on each whenever it is told to (SIGUSR2).':
    '打开 COUNT 个连接（第三个参数，不给就是 1），每次得到命令（SIGUSR2）就在每个上面说一句话。',
  'Opens COUNT connections (third argument) and keeps them.': '打开 COUNT 个连接（第三个参数）并保持它们。',
  'Opens a connection by hand and keeps the final ACK back until it is told to stop; then it sends it.':
    '手工打开连接，把最后的 ACK 扣下，直到让它停止；那时才发送。',
  'Writes to a server that has hung up, again and again until a write fails; then it connects anew.':
    '向已经挂断的服务器一次又一次地写，直到写失败；然后重新连接。',
};
