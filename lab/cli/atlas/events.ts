import { eventsSettled, measureEvents } from '../../atlas/events/events.ts';
import type { Backend } from '../../host/backend.ts';
import { renderEventAtlas } from '../../report/events-text.ts';
import { printJson } from '../arguments.ts';
import { EnvironmentError, EXIT } from '../command.ts';

export interface AtlasEventsOptions {
  readonly backend: Backend;
  readonly ipv6: boolean;
  /** One JSON document on standard output, and nothing else. */
  readonly json: boolean;
}

/**
 * Measures what this kernel answers to every kind of segment in every state, and prints the matrix. A difference from the RFCs is a
 * finding and no failure.
 * @returns 0 when every cell was settled, 1 otherwise. @throws EnvironmentError where there are no namespaces.
 */
export async function atlasEvents({ backend, ipv6, json }: AtlasEventsOptions): Promise<number> {
  if (backend !== 'namespaces')
    throw new EnvironmentError(
      'atlas --events speaks to the kernel by hand and needs namespaces: --backend namespaces. What is missing for them: ./tcplab doctor',
    );
  const atlas = await measureEvents({ ipv6, ...(json ? {} : { settled: progress() }) });
  if (json) printJson(atlas);
  else process.stdout.write(renderEventAtlas(atlas));
  return eventsSettled(atlas) ? EXIT.passed : EXIT.failed;
}

/** A line on a terminal that counts the cells, and takes itself away. */
function progress(): (count: number, of: number) => void {
  const { stderr } = process;
  return (count, of) => {
    if (stderr.isTTY) stderr.write(count < of ? `\r${count} of ${of} cells` : '\r\x1b[K');
  };
}
