import type { Plan } from '../../exercise/plan.ts';

/**
 * What becomes of a SYN to a port. `closed`: nobody listens, so the kernel answers with an RST. `silent`: everything to it is
 * lost. `lossy`: only what comes first is lost, and then it is closed like the others.
 */
export type Manner = 'closed' | 'silent' | 'lossy';

export interface AskedPort {
  readonly port: number;
  readonly manner: Manner;
}

/** Five ports of the server in an order that follows from the seed; of each manner there is one at least. */
export function askedPorts(plan: Plan): AskedPort[] {
  const manners: Manner[] = ['closed', 'silent', 'lossy', either(plan, 'fourth'), either(plan, 'fifth')];
  const first = plan.number('first port', 20_000, 20_999);
  return manners
    .map((manner, n) => ({ manner, rank: plan.number(`rank ${n}`, 0, 0xffff_fffe) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ manner }, n) => ({ manner, port: first + 1_000 * n + plan.number(`port ${n}`, 0, 999) }));
}

function either(plan: Plan, name: string): Manner {
  return plan.number(name, 0, 1) === 0 ? 'closed' : 'silent';
}
