import { type ClaimEvidence, claim, settledBy, shown } from '../claim.ts';
import { timeOf } from '../ends.ts';
import { quoteKnob, quoteSs } from '../quote.ts';
import { ALLOWED, WITHOUT_BIND } from '../runs/without-bind.ts';

export const h11 = claim({
  id: 'H11',
  exercises: [1],
  text: {
    en: 'A server must bind its port; its address, if given, must be a local one',
    zh: '服务器必须绑定端口；若指定地址，则必须是本机的地址',
  },
  runs: { withoutBind: WITHOUT_BIND },
  settle({ withoutBind }) {
    const { evidence, plan } = withoutBind;
    const allowedMs = timeOf(withoutBind, ALLOWED);
    const all = evidence.listeners('server');
    const unbound = shown(
      all.find(({ local }) => local.port !== plan.port),
      'listen() without bind() made no LISTEN',
    );
    const foreign = all.find(
      ({ local }) => local.port === plan.port && evidence.isAt('client', local.address),
    );
    const sinceMs =
      shown(foreign, 'the foreign address was refused even with ip_nonlocal_bind').stays[0]?.fromMs ?? 0;
    const ended = evidence.programs('server').find(({ action, because }) => action === 'ended' && because);
    const refusal: ClaimEvidence[] =
      ended?.because === undefined ? [] : [{ kind: 'call', host: 'server', text: ended.because }];
    const quotes = [
      ...quoteSs(withoutBind, 'server', /^LISTEN /),
      ...refusal,
      ...quoteKnob(withoutBind, 'server', 'ip_nonlocal_bind'),
    ];
    if (sinceMs < allowedMs) return settledBy(false, {}, quotes);
    return {
      verdict: 'depends',
      note: {
        en: `It depends on whether clients are to know the port: listen() without bind() worked, on port ${unbound.local.port}, which the kernel picked. And it depends on ip_nonlocal_bind: with 0 no socket could listen at another host’s address, with 1 one did.`,
        zh: `取决于客户端是否需要事先知道端口：不调用 bind() 的 listen() 也成功了，端口 ${unbound.local.port} 由内核选择。还取决于 ip_nonlocal_bind：为 0 时不能在别的主机的地址上监听，为 1 时可以。`,
      },
      evidence: quotes,
    };
  },
});
