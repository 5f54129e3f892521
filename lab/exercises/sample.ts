import type { Checked } from '../exercise/check.ts';
import type { SsEvent } from '../observe/timeline.ts';

/** What a README shows of a run of the reference: its checks, and what `ss` printed at the first decisive moment. */
export function sampleOf({ result, performance }: Checked): string {
  const titles = Math.max(...result.checks.map(({ title }) => title.length));
  const rows = result.checks.map(
    ({ title, verdict, points, maxPoints }) =>
      `${verdict === 'pass' ? '✔' : '✘'} ${title.padEnd(titles)}  ${maxPoints === 0 ? '' : `${points} of ${maxPoints}`}`,
  );
  const ss = performance.timeline.events.filter((event): event is SsEvent => event.kind === 'ss');
  // All lines of one `ss` have the same time; the hosts' run side by side, and a busy machine may draw them apart.
  const first = ss.filter(({ host, atMs }) => atMs === ss.find((event) => event.host === host)?.atMs);
  const shown =
    first.length > LINES ? oneOfEach(first, performance.timeline.header.hosts).slice(0, LINES) : first;
  return [
    `$ ./tcplab check ${result.exercise.number} --reference`,
    ...rows.map((row) => row.trimEnd()),
    '',
    '$ ss -tano        (on each host, while it was so)',
    ...shown.map(({ host, text }) => `${host.padEnd(6)}  ${text === '' ? '(no TCP socket)' : brief(text)}`),
    ...(first.length > shown.length ? [`… ${first.length - shown.length} more`] : []),
  ].join('\n');
}

const LINES = 12;

/** Of too many lines one for each state on each host, in the order of the hosts, whatever order ss has printed them in. */
function oneOfEach(lines: readonly SsEvent[], hosts: readonly { readonly name: string }[]): SsEvent[] {
  const sorted = lines.toSorted((a, b) => (sampleShape(a.text).join() < sampleShape(b.text).join() ? -1 : 1));
  const byState = new Map(sorted.map((line) => [`${line.host} ${line.text.split(' ')[0]}`, line]));
  return hosts.flatMap(({ name }) => [...byState.values()].filter(({ host }) => host === name));
}

/** A line of ss without owner and identity: state, queues, addresses, timer. */
function brief(line: string): string {
  return line
    .replace(/ uid:\d+/, '')
    .replace(/ ino:\d+/, '')
    .replace(/ sk:[0-9a-f]+/, '')
    .replace(/ cgroup:\S*/, '')
    .replace(/ [<-]-[->]$/, '');
}

/** A sample with whatever changes from run to run left out: numbers, timers, order, and how often a line is there. */
export function sampleShape(sample: string): string[] {
  const lines = sample
    .split('\n')
    .map((line) =>
      line
        .trimEnd()
        .replace(/ *timer:\([^)]*\)/, '')
        .replaceAll(/\d+/g, 'N')
        .replaceAll(/ {2,}/g, '  '),
    )
    .sort();
  return [...new Set(lines)];
}
