import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  'FIN_WAIT_2, with no owner': 'FIN_WAIT_2，没有所有者',
  'the client keeps its side open': '客户端让自己的一侧开着',
  'CLOSE_WAIT on the client, and no FIN from it yet': '客户端处于 CLOSE_WAIT，还没有发送 FIN',
  "the client sent its own FIN in answer to the server's, and can write no more":
    '客户端发送了自己的 FIN 来回答服务器的 FIN，不能再写了',
  "Who sent that FIN? Node answers the server's FIN by itself, unless you say allowHalfOpen: true in connect().":
    '那个 FIN 是谁发送的？Node 会自行回答服务器的 FIN，除非你在 connect() 里写明 allowHalfOpen: true。',
  "the data acknowledges the server's FIN": '数据确认了服务器的 FIN',
  "data that was sent after the server's FIN had come": '在服务器的 FIN 到来之后发送的数据',
  'it was sent before': '它是在那之前发送的',
  "Wait for the event 'end', and write then.": "等 'end' 事件，那时再写。",

  'LISTEN, and no connection': 'LISTEN，没有连接',
  'a second connection': '第二个连接',
  'the client connects again, after the RST': '客户端在 RST 之后再次连接',
  'a new SYN from the client, after the RST': '在 RST 之后，客户端有一个新的 SYN',
  'none came': '没有这样的 SYN',
};
