import type { NetworkPlan } from './host.ts';
import { type KnobName, knobNamed, PINNED } from './knobs.ts';

/** Every sysctl that a host of a plan is made with: the pinned ones, those for all hosts, its own. @throws KnobError. */
export function knobsOf({ knobs = {}, ownKnobs = {} }: NetworkPlan, host: string): Map<KnobName, string> {
  const own = Object.entries({ ...knobs, ...ownKnobs[host] });
  return new Map([...PINNED, ...own.map(([name, value]) => [knobNamed(name), value] as const)]);
}
