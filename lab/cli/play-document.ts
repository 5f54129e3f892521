import { eventToJson } from '../report/event-json.ts';
import type { PlayResult } from './play-run.ts';

/** What `play --json` prints. Events are as `--save` writes them. */
export function playDocument({ kernel, timeline, programs, gates, hints, ending }: PlayResult): object {
  return {
    schema: 'tcplab/play/1',
    kernel,
    backend: 'namespaces',
    header: timeline.header,
    events: timeline.events.map(eventToJson),
    programs,
    gates,
    hints,
    ending,
  };
}
