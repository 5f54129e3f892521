import type { Phrases } from '../exercise/phrases.ts';

/** How programs end, and what to do about it, in Chinese: `describe-exit.ts` and `advise-exit.ts`. What Node says itself stays as it is. */
export const phrases: Phrases = {
  'exit code {code}': '退出码 {code}',
  '{name} on {host} is still running': '{host} 上的 {name} 还在运行',
  '{name} on {host} was ended: {why!}': '{host} 上的 {name} 被结束了：{why}',
  '{name} on {host} could not be put into its sandbox: {why!}': '{host} 上的 {name} 没能放进它的沙箱：{why}',
  '{name} on {host} was ended by {signal}': '{host} 上的 {name} 被 {signal} 结束了',
  '{name} on {host} ended while it still awaited something ({file}, line {line})':
    '{host} 上的 {name} 还在等待什么的时候就结束了（{file}，第 {line} 行）',
  '{name} on {host} ended with a rejected promise: {why!}':
    '{host} 上的 {name} 因为一个被拒绝的 promise 结束了：{why}',
  '{name} on {host} could not start: there is no file {file}': '{host} 上的 {name} 没能启动：没有文件 {file}',
  '{name} on {host} could not start: syntax error, {why!} ({file}, line {line})':
    '{host} 上的 {name} 没能启动：语法错误，{why}（{file}，第 {line} 行）',
  '{name} on {host} could not start: syntax error, {why!}': '{host} 上的 {name} 没能启动：语法错误，{why}',
  '{name} on {host} ended with an error: {why!} ({file}, line {line})':
    '{host} 上的 {name} 因为错误结束了：{why}（{file}，第 {line} 行）',
  '{name} on {host} ended with an error: {why!}': '{host} 上的 {name} 因为错误结束了：{why}',
  '{name} on {host} ended by itself with exit code 0': '{host} 上的 {name} 自己结束了，退出码是 0',
  '{name} on {host} ended with exit code {code}': '{host} 上的 {name} 结束了，退出码是 {code}',

  'Node runs TypeScript by leaving the types out, and an enum is more than a type. Write a plain object: const Colour = { red: 0, green: 1 } as const;':
    'Node 运行 TypeScript 的办法是去掉类型，而 enum 不只是类型。改写成普通对象：const Colour = { red: 0, green: 1 } as const;',
  'Node runs TypeScript by leaving the types out, and a parameter property is more than a type. Declare the field in the class, and assign it in the constructor.':
    'Node 运行 TypeScript 的办法是去掉类型，而参数属性不只是类型。在类里声明字段，在构造函数里赋值。',
  'Node runs TypeScript by leaving the types out: namespaces, decorators and whatever else is more than a type do not work. Write it in plain JavaScript.':
    'Node 运行 TypeScript 的办法是去掉类型：命名空间、装饰器以及其他不只是类型的东西都不能用。用普通的 JavaScript 写。',
  'Correct that line; your editor underlines it.': '改正那一行；编辑器会给它画线。',
  "These programs are ES modules. Use import { connect } from 'node:net' instead of require('net'), and export nothing.":
    "这些程序是 ES 模块。用 import { connect } from 'node:net' 代替 require('net')，不要导出任何东西。",
  'Check the spelling of what is imported; for a type, write import type { … }.':
    '检查导入的名字有没有拼错；如果是类型，写 import type { … }。',
  "Two modules come with the lab: '#lab/socket' and '#lab/raw'. There are no others.":
    "实验环境带有两个模块：'#lab/socket' 和 '#lab/raw'。没有别的。",
  "A program has only what Node brings, such as 'node:net', and the lab's '#lab/socket' and '#lab/raw'.":
    "程序只有 Node 自带的东西，例如 'node:net'，以及实验环境的 '#lab/socket' 和 '#lab/raw'。",
  "An import names a file with its ending: './other.ts'. Is the file there, beside this one?":
    "导入文件时要写扩展名：'./other.ts'。那个文件在这个文件旁边吗？",
  'Save the file under that name, or take the starter again.': '用那个名字保存文件，或者重新取一份起始代码。',
  'It awaits something that can no longer happen: nothing is left that could settle that promise.':
    '它在等待一件不会再发生的事：已经没有什么能让那个 promise 有结果。',
  "Add .on('error', (error) => …) to the socket or server: an error that nobody listens to ends the program.":
    "给套接字或服务器加上 .on('error', (error) => …)：没有人监听的错误会结束程序。",
  'A promise was rejected, and nothing catches it. Put try { await … } catch (error) { … } around it.':
    '一个 promise 被拒绝，而没有人接住它。用 try { await … } catch (error) { … } 把它包起来。',
  'Another socket has that address and port. Bind the address and port that you are given.':
    '那个地址和端口已经属于另一个套接字。绑定给你的地址和端口。',
  'A program may open raw sockets, and nothing else that needs privileges.':
    '程序可以打开原始套接字，除此之外不能做任何需要特权的事。',
  'The file is run as it is, and nobody calls what it exports. Put the code at top level, and begin with const [address, port] = process.argv.slice(2);':
    '文件是直接运行的，没有人调用它导出的东西。把代码放在顶层，用 const [address, port] = process.argv.slice(2); 开头。',
  'A program ends when nothing is left for it to wait for. An open socket, a server or a timer keeps it running.':
    '当程序没有什么可等的时候，它就结束。打开的套接字、服务器或定时器会让它继续运行。',
};
