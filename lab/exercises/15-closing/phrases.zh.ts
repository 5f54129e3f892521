import type { Phrases } from '../../exercise/phrases.ts';

export const phrases: Phrases = {
  "the {host}'s FIN does not acknowledge the {other}'s": '{host}的 FIN 没有确认{other}的 FIN',
  "a FIN from the {host} that was sent before the {other}'s arrived":
    '{host}的 FIN 在{other}的 FIN 到达之前就已发出',
  "it acknowledges the {other}'s FIN, so the {host} knew of it":
    '它确认了{other}的 FIN，可见{host}已经知道那个 FIN',
  'What does client.ts wait for before it closes? Let it close as soon as it is connected.':
    'client.ts 在关闭之前等的是什么？让它一连上就关闭。',
  'What does server.ts wait for before it closes? Let it close as soon as it has accepted.':
    'server.ts 在关闭之前等的是什么？让它一接受连接就关闭。',
};
