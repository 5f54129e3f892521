import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'ESTABLISHED, with bytes to send': 'ESTABLISHED，还有字节要发送',
  'ESTABLISHED, and nobody reads': 'ESTABLISHED，没有人读取',
  'the client sends the first of its 1 MiB': '客户端发送它那 1 MiB 的开头部分',
  "at least {n} bytes of the client's 1 MiB on the wire": '客户端那 1 MiB 里至少有 {n} 字节到了线路上',
  'the client sent no data': '客户端没有发送数据',
  'the client sent only {n} bytes': '客户端只发送了 {n} 字节',

  'no FIN of the client waits behind its unsent bytes': '客户端没有 FIN 排在未发送的字节后面等待',
  'no FIN_WAIT_1 on the client': '客户端上没有 FIN_WAIT_1',
  'the client went to FIN_WAIT_1: it was closed in order, and a FIN waits behind the bytes that the server does not take':
    '客户端去了 FIN_WAIT_1：它是按正常次序关闭的，有一个 FIN 排在服务器不收的字节后面等待',

  'the reset comes before all bytes are sent': '重置在所有字节发送完之前到来',
  'an RST before the last of the 1 MiB': '在那 1 MiB 的末尾之前有一个 RST',
  'the client had sent {n} bytes by then': '客户端到那时已经发送了 {n} 字节',
  'the bytes that were not sent yet are thrown away': '还没有发送的字节被丢掉',
  'nothing from the client after its RST': '客户端在它的 RST 之后什么也不发送',
  'it went on sending': '它还在继续发送',

  'LISTEN, and nothing else': 'LISTEN，此外什么也没有',
  'the {host} keeps no TIME_WAIT': '{host}没有留下 TIME_WAIT',
  'no TIME_WAIT on the {host}': '{host}上没有 TIME_WAIT',
  'the {host} keeps one': '{host}留下了一个',
};
