import { stayIn } from '../exercise/judge/life.ts';
import { newListeners, type Option, portOf } from '../exercises/18-reuseaddr/restart.ts';
import { type ClaimEvidence, shown } from './claim.ts';
import { opened, socketOf, stayOf } from './ends.ts';
import type { Seen } from './run.ts';

const OPTIONS = ['noreuse', 'reuse'] as const;

/**
 * Whether a server could listen over the TIME_WAIT of the one before it, with or without SO_REUSEADDR each.
 * @throws Unsettled when there was no TIME_WAIT, or the run did not get so far.
 */
export function couldListen(seen: Seen, before: Option, now: Option): boolean {
  const { evidence, plan } = seen;
  const port = portOf(plan, before);
  stayOf(socketOf(seen, opened(seen, 0, port), 'server'), 'TIME_WAIT');
  const since = now === 'noreuse' ? 'gone' : 'noreuse';
  const found = shown(newListeners(evidence, since, now), `no server with ${now} was tried`);
  return found.some(({ local }) => local.port === port);
}

/** The four restarts as evidence, a line each. */
export function quoteRestart(seen: Seen): ClaimEvidence[] {
  return OPTIONS.flatMap((before) => {
    const port = portOf(seen.plan, before);
    const old = seen.evidence.listeners('server', port)[0];
    const lasted = old === undefined ? undefined : stayIn(old, 'LISTEN');
    if (lasted === undefined) return [];
    return OPTIONS.map((now): ClaimEvidence => {
      const became = couldListen(seen, before, now) ? 'LISTEN' : 'no LISTEN';
      return {
        kind: 'states',
        host: 'server',
        text: `port ${port}, TIME_WAIT: before ${said(before)}, now ${said(now)}  ${became}`,
      };
    });
  });
}

function said(option: Option): string {
  return option === 'reuse' ? 'with SO_REUSEADDR' : 'without';
}
