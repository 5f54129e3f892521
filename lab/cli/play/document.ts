import { eventToJson } from '../../report/event-json.ts';
import type { PlayResult } from './run.ts';

/** What `play --json` prints. Events are as `--save` writes them. */
export function playDocument(backend: string, result: PlayResult): object {
  const { kernel, timeline, programs, gates, hints, ending } = result;
  return {
    schema: 'tcplab/play/1',
    kernel,
    backend,
    header: timeline.header,
    events: timeline.events.map(eventToJson),
    programs,
    gates,
    hints,
    ending,
  };
}
