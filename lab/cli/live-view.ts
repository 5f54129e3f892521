import { eachEvent } from '../exercise/perform.ts';
import type { Observation } from '../observe/observation.ts';
import type { TimelineEvent } from '../observe/timeline.ts';
import { TextLines } from '../report/text-lines.ts';
import { paintRole } from './paint-role.ts';
import { LiveView } from './play/view.ts';

/** Prints everything an observation sees while it sees it, what it has seen before included. */
export function liveView(observation: Observation, print: (line: string) => void): LiveView {
  const columns = process.stdout.isTTY ? process.stdout.columns : 100;
  const { hosts, trace } = observation.timeline().header;
  const lines = new TextLines(hosts, {
    traced: trace !== undefined,
    width: Math.min(Math.max(columns, 80), 120),
    paint: paintRole,
  });
  const view = new LiveView(lines, observation.recorder, print);
  eachEvent(observation, (event) => {
    if (!isForTheLab(event)) view.see(event);
  });
  return view;
}

/** How well the lab could look is a matter of judging, and says nothing to who watches. */
function isForTheLab(event: TimelineEvent): boolean {
  return event.kind === 'counter' && event.name.startsWith('lab.');
}
