import type { ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessListener } from '../program-process.ts';
import type { Limits } from './limits.ts';

/** Gives what a program prints to its listener, up to the limit of each stream. @param over is called when it has printed more. */
export function forwardOutput(
  child: ChildProcess,
  { outputBytes }: Limits,
  listener: ProcessListener,
  over: () => void,
): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8');
    let printed = 0;
    child[stream]?.on('data', (bytes: Buffer) => {
      const before = printed;
      printed += bytes.length;
      if (before < outputBytes)
        listener.printed(stream, decoder.write(bytes.subarray(0, outputBytes - before)));
      if (printed > outputBytes) over();
    });
  }
}
