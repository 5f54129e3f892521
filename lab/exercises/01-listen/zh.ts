import type { ExerciseWords } from '../../exercise/exercise-words.ts';

export const zh: ExerciseWords = {
  title: '在指定的地方监听',
  checks: {
    listens: {
      title: '你的服务器运行之前端口拒绝 SYN，运行之后端口处于 LISTEN',
      help: '第二个参数是端口：createServer().listen({ … port: Number(port) … })。',
    },
    address: {
      title: '它在给定的地址上监听，不在别的地址上',
      help: '第一个参数是地址：createServer().listen({ host, … })。',
    },
    backlog: {
      title: '它的 backlog 就是所要求的值：ss 的 Send-Q',
      help: '第三个参数是 backlog：createServer().listen({ … backlog: Number(backlog) })。',
    },
    stays: {
      title: '它一直处于 LISTEN，下一个 SYN 得到 SYN-ACK',
      help: '让服务器一直开着：不要 close()，不要 process.exit()。监听着的服务器会让程序一直运行。',
    },
  },
  questions: {
    before: {
      ask: '还没有程序在这个端口上监听。一个 SYN 会得到什么答复？',
      choices: {
        a: '什么也没有：没有谁能答复。',
        b: '重置（RST）：内核自己答复。',
        c: 'SYN-ACK：内核接受连接，并等待程序。',
      },
      hints: {
        a: '主机是开着的，不管有没有程序，它的内核都会说 TCP。只有丢弃报文段的过滤器才会让它沉默：见练习 21。',
        c: '端口之所以开放，是因为有套接字处于 LISTEN。没有它，内核就没有地方放连接。',
      },
    },
    'two-sockets': {
      ask: '你的服务器在监听，一个客户端已经连上。现在服务器在这个端口上有几个套接字？',
      choices: {
        a: '一个：监听套接字变成了连接。',
        b: '两个：监听套接字，以及为这个连接新建的一个。',
      },
      hints: {
        a: '如果监听套接字变成了连接，谁来答复下一个客户端？数一数 ss -tan 的行数。',
      },
    },
  },
  hints: [
    '内核要替你答复一个 SYN，必须先知道哪三件事？在哪个地址、哪个端口，以及多少连接可以等待。',
    'bind(2) 给套接字地址和端口，listen(2) 让它进入 LISTEN，并带上 backlog。Node 在 server.listen() 里把两件事都做了，你没说的由它替你填上。',
    'const [host, port, backlog] = process.argv.slice(2); createServer().listen({ host, port: Number(port), backlog: Number(backlog) });',
  ],
};
