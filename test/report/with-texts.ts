import type { TimelineData, TimelineEvent } from '../../lab/observe/timeline.ts';
import { HAND_MADE } from './hand-made.ts';

const NAMES = ['client', 'server'];

/** HAND_MADE with other texts wherever a run has text: names of hosts and programs, steps, output, lines of ss, knobs, the kernel. */
export function withTexts(texts: readonly string[]): TimelineData {
  let n = 0;
  const next = (): string => texts[n++ % texts.length] ?? '';
  // Hosts keep apart, or there would be one.
  const names = new Map(NAMES.map((name, at) => [name, `${next()}${at}`]));
  const renamed = (name: string): string => names.get(name) ?? name;
  const events = HAND_MADE.events.map((event) => withText(event, renamed, next));
  const { header } = HAND_MADE;
  const hosts = header.hosts.map((host) => ({
    ...host,
    name: renamed(host.name),
    knobs: { [next()]: next() },
  }));
  return {
    header: { ...header, kernel: next(), startedAt: next(), hosts, knobs: { [next()]: next() } },
    events,
  };
}

/** An event with other texts. */
function withText(
  event: TimelineEvent,
  renamed: (host: string) => string,
  next: () => string,
): TimelineEvent {
  switch (event.kind) {
    case 'segment':
      return { ...event, from: renamed(event.from), to: renamed(event.to) };
    case 'step':
      return { ...event, text: next() };
    case 'ss':
    case 'output':
      return { ...event, host: renamed(event.host), text: next() };
    case 'program':
      return {
        ...event,
        host: renamed(event.host),
        program: next(),
        ...(event.how === undefined ? {} : { how: next(), because: next() }),
      };
    case 'file':
      return event;
    case 'counter':
    case 'gate':
    case 'loss':
    case 'socket':
    case 'trace':
      return { ...event, host: renamed(event.host) };
  }
}
