import { claim, settledBy, shown } from '../claim.ts';
import { stayOf } from '../ends.ts';
import { quoteSs } from '../quote.ts';
import { LISTEN } from '../runs/exercises.ts';
import { TWO_LISTENERS } from '../runs/two-listeners.ts';

export const o01 = claim({
  id: 'O1',
  exercises: [1, 27],
  text: {
    en: 'A listening socket is shown as LISTEN, one per bound port',
    zh: '监听套接字显示为 LISTEN，每个绑定的端口一个',
  },
  runs: { one: LISTEN, two: TWO_LISTENERS },
  settle({ one, two }) {
    const listener = shown(one.evidence.listeners('server', one.plan.port)[0], 'nobody listened');
    const rows = quoteSs(one, 'server', new RegExp(`^LISTEN .*:${one.plan.port} `));
    const both = two.evidence.listeners('server', two.plan.port);
    return settledBy(
      [stayOf(listener, 'LISTEN').lasting && rows.length > 0, both.length === 1],
      {
        depends: {
          en: 'On the addresses: a listener takes an address and a port together, so one port may have several rows, one for each address. It may also have none, for a bound socket shows up as LISTEN only after listen().',
          zh: '取决于地址：监听占用的是“地址加端口”，所以同一个端口可以有好几行，每个地址一行。也可能一行都没有：只 bind() 而没有 listen() 的套接字不会显示为 LISTEN。',
        },
      },
      [...rows.slice(0, 1), ...quoteSs(two, 'server', /^LISTEN /)],
    );
  },
});
