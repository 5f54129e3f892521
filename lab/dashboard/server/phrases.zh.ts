import type { Phrases } from '../../exercise/phrases.ts';

/** What the page's server and its runs say, in Chinese: what happened to a run, and why something cannot be done. */
export const phrases: Phrases = {
  'Nobody looked at it any more, so the lab has ended it.': '没有人再看它，所以实验环境把它结束了。',
  "The run's process is gone: {why!}.": '运行的进程没有了：{why}。',
  'The run was ended after {n} events: there is no end of them.':
    '运行在 {n} 个事件之后被结束：事件没完没了。',

  'There is no program "{name!}" to start.': '没有程序“{name}”可以启动。',
  '{n} programs run on the {host} already. Stop one of them first.':
    '{host}上已经有 {n} 个程序在运行。先停止其中一个。',
  'That program was not started by hand, so the run stops it.':
    '那个程序不是手工启动的，所以由这次运行来停止它。',
  'This run starts its programs itself. Begin one by hand.': '这次运行自己启动程序。请开始一次手工运行。',
  'The hosts are not made yet.': '主机还没有建好。',
  'The run is over. Begin another one.': '运行已经结束。请开始新的一次。',
  'There is no run. Begin one.': '没有在进行的运行。请开始一次。',
  'There is no exercise {n}.': '没有练习 {n}。',
  'The lab is about to end.': '实验环境就要结束了。',
};
