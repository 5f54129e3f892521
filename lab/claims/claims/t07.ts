import { claim, settledBy } from '../claim.ts';
import { couldListen, quoteRestart } from '../restarts.ts';
import { REUSEADDR } from '../runs/exercises.ts';

export const t07 = claim({
  id: 'T7',
  exercises: [18],
  text: {
    en: 'Without SO_REUSEADDR a restarted server cannot bind while its TIME_WAIT lasts; with it it can',
    zh: '不设置 SO_REUSEADDR，重启的服务器在 TIME_WAIT 结束前无法绑定端口；设置了就可以',
  },
  runs: { restarted: REUSEADDR },
  settle({ restarted }) {
    return settledBy(
      [
        !couldListen(restarted, 'noreuse', 'noreuse'),
        !couldListen(restarted, 'reuse', 'noreuse'),
        couldListen(restarted, 'noreuse', 'reuse'),
        couldListen(restarted, 'reuse', 'reuse'),
      ],
      {
        depends: {
          en: 'On the server that was there before: the restart works only when both it and the new one had set the option. In the other three combinations nothing listened, because bind() gives EADDRINUSE.',
          zh: '还取决于原来的服务器：只有新旧两个程序都设置了这个选项，重启才能成功。其余三种组合都没能监听，因为 bind() 返回 EADDRINUSE。',
        },
      },
      quoteRestart(restarted),
    );
  },
});
