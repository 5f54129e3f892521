import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy } from '../claim.ts';
import { opened, resetOf, socketOf, stayOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { KEEPALIVE } from '../runs/exercises.ts';
import { HALF_OPEN, TOLD } from '../runs/half-open.ts';

export const r09 = claim({
  id: 'R9',
  exercises: [24],
  text: {
    en: 'A client that restarts and reconnects leaves the old half-open connection on the server',
    zh: '客户端重启后重新连接，服务器上会留下旧的半打开连接',
  },
  runs: { otherPort: HALF_OPEN, samePort: KEEPALIVE },
  settle({ otherPort, samePort }) {
    const left = socketOf(otherPort, opened(otherPort), 'server');
    const again = opened(otherPort, 1);
    const toldMs = timeOf(otherPort, TOLD);
    const fresh = opened(samePort, 1);
    const challenge = segmentsOf(fresh, { from: 'server' })[0];
    const reset = resetOf(fresh, 'client');
    const old = socketOf(samePort, opened(samePort), 'server');
    return settledBy(
      [
        again.fromMs < toldMs && stayOf(left, 'ESTABLISHED').toMs >= toldMs,
        stayOf(old, 'ESTABLISHED').lasting,
      ],
      {
        depends: {
          en: 'On the client’s port. From another port the SYN says nothing of the old connection, and the server has both in ESTABLISHED. From the same port the server answers the SYN with an ACK of the old connection, the client’s kernel answers that with RST, and the old one is gone.',
          zh: '取决于客户端的端口。换了端口，SYN 与旧连接毫无关系，服务器上两个连接都处于 ESTABLISHED。端口不变，服务器用旧连接的 ACK 回应 SYN，客户端内核对此回应 RST，旧连接随即消失。',
        },
      },
      [
        ...quoteSs(otherPort, 'server', /^ESTAB /),
        ...quoteSegments(samePort, fresh.segments[0], challenge, reset),
        ...quoteLives(old),
      ],
    );
  },
});
