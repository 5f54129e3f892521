import { expect, test } from 'vitest';
import { PhraseBook } from '../../lab/exercise/phrases.ts';

const book = new PhraseBook({
  server: '服务器',
  nothing: '什么都没有',
  data: '数据',
  'the {host} sent {what}': '{host}发送了 {what}',
  'the {host} sent {what} {time} after that': '{host}在那之后 {time} 发送了 {what}',
  '{name} on {host} ended: {why!}.': '{host}上的 {name} 结束了：{why}。',
  'Expected {expected}, but {observed}.': '应该是：{expected}；但是：{observed}。',
  'Try again.': '再试一次。',
  '.': '。',
  '{what}: of the lab.': '{what}：是实验室的。',
  '{name} on {host} was ended by {signal}': '{host}上的 {name} 被 {signal} 结束了',
  '{name} on {host} failed: {why!}': '{host}上的 {name} 失败了：{why}',
  '{name} on {host} failed: {why!} ({file})': '{host}上的 {name} 失败了：{why}（{file}）',
  '{one} → {next}': '{one} → {next}',
  '{state} for {time}': '{state} {time}',
});

test.each([
  ['a phrase without holes', 'nothing', '什么都没有'],
  ['what is the same everywhere', 'SYN_RCVD', 'SYN_RCVD'],
  ['an address and a call', '198.18.0.1:80 connect()', '198.18.0.1:80 connect()'],
  ['a hole with a phrase in it', 'the server sent FIN', '服务器发送了 FIN'],
  [
    'two holes side by side: the first way in which both are known',
    'the server sent data 0.4 ms after that',
    '服务器在那之后 0.4 ms 发送了数据',
  ],
  [
    'a hole that is left as it is',
    'a.ts on server ended: no such thing.',
    '服务器上的 a.ts 结束了：no such thing。',
  ],
  [
    'two sentences',
    'Expected FIN, but the server sent nothing. Try again.',
    '应该是：FIN；但是：服务器发送了什么都没有。再试一次。',
  ],
  [
    'a sentence that holds, then one whose hole would take them both',
    'Expected data, but the server sent FIN. a.ts on server ended: odd.',
    '应该是：数据；但是：服务器发送了 FIN。服务器上的 a.ts 结束了：odd。',
  ],
  [
    'a full stop, not in the hole before it',
    'a.ts on server was ended by FIN.',
    '服务器上的 a.ts 被 FIN 结束了。',
  ],
  [
    'a full stop, not in a hole that takes anything',
    'a.ts on server failed: odd (b.ts). Try again.',
    '服务器上的 a.ts 失败了：odd（b.ts）。再试一次。',
  ],
  [
    'a sentence whose end is known, before a hole that takes anything',
    'a.ts on server failed: odd: of the lab.',
    '服务器上的 a.ts 失败了：odd：是实验室的。',
  ],
  ['a phrase in itself', 'LISTEN for 1 s → CLOSED → LISTEN', 'LISTEN 1 s → CLOSED → LISTEN'],
])('%s', (_, english, said) => {
  expect(book.say(english)).toBe(said);
});

test.each([
  'the server waits',
  'the client sent FIN',
  'Expected FIN, but it rained.',
  'Try again. Now.',
  'toString',
  '',
])('what is not known in all its parts is not said: %j', (english) => {
  expect(book.say(english)).toBeUndefined();
});

test('what is left as it is keeps its own spaces', () => {
  expect(book.say('a.ts on server ended: 连接 成功.')).toContain('连接 成功');
});

test('many ways to take a sentence apart are no burden', () => {
  const chain = Array.from({ length: 40 }, () => 'LISTEN for 1 s').join(' → ');
  const began = performance.now();
  expect(book.say(chain)).toBe(Array.from({ length: 40 }, () => 'LISTEN 1 s').join(' → '));
  expect(book.say(`${chain} → unknown`)).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(1_000);
});
