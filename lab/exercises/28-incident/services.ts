import type { Plan } from '../../exercise/plan.ts';

export const HOSTS = ['web', 'app', 'db'] as const;
export type HostName = (typeof HOSTS)[number];

/** What can be wrong with a service, and at which end that has to be put right. The README has the same list in words. */
export const CAUSES = {
  'server-never-closes': 'server',
  'server-never-accepts': 'server',
  'server-never-reads': 'server',
  'handshake-filtered': 'client',
  'syn-flood': 'client',
  'ports-used-up': 'client',
  'client-vanished': 'server',
} as const;
export type Cause = keyof typeof CAUSES;
export const CAUSE_NAMES = Object.keys(CAUSES) as readonly Cause[];

/** One service: every host listens on one port, and every host is the client of one other. */
export interface Service {
  readonly server: HostName;
  readonly client: HostName;
  readonly port: number;
  /** How many connections there are, or are tried. */
  readonly count: number;
  readonly cause: Cause;
}

/** The three sick services of a plan, in the order of their hosts. */
export function servicesOf(plan: Plan): readonly Service[] {
  const causes = [...CAUSE_NAMES];
  const step = plan.number('who uses whom', 1, 2);
  return HOSTS.map((server, n) => {
    const [cause = 'syn-flood'] = causes.splice(plan.number(`cause ${server}`, 0, causes.length - 1), 1);
    const client = HOSTS[(n + step) % HOSTS.length] as HostName;
    return { server, client, cause, port: plan.port + n, count: plan.number(`count ${server}`, 8, 14) };
  });
}

/** The host that has to be changed. */
export function culpritOf({ server, client, cause }: Service): HostName {
  return CAUSES[cause] === 'server' ? server : client;
}
