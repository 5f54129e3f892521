import { claim, settledBy } from '../claim.ts';
import { couldListen, quoteRestart } from '../restarts.ts';
import { REUSEADDR } from '../runs/exercises.ts';

export const t08 = claim({
  id: 'T8',
  exercises: [18],
  text: {
    en: 'SO_REUSEADDR on the new socket alone is enough',
    zh: '只在新的套接字上设置 SO_REUSEADDR 就够了',
  },
  runs: { restarted: REUSEADDR },
  settle({ restarted }) {
    return settledBy(
      couldListen(restarted, 'noreuse', 'reuse'),
      {
        false: {
          en: 'Over the TIME_WAIT of a server that ran without it, a new server with the option could not listen; over that of one that had it, it could. TIME_WAIT keeps the option of the socket that it came from, and the kernel asks both.',
          zh: '原来的服务器没有设置时，新服务器即使设置了也无法监听；原来的设置了，就可以。TIME_WAIT 保留着原套接字的这个选项，内核会同时看双方。',
        },
      },
      quoteRestart(restarted),
    );
  },
});
