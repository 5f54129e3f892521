import { WaitError } from '../../../lab/observe/wait-error.ts';

/** The error of a wait. What differs from run to run is `#`, and of equal lines, such as retransmissions, there is one. */
export async function failure(wait: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await wait.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WaitError)) throw new Error(`not a WaitError: ${String(error)}`);
  const text = error.message
    .replaceAll(/sk:[0-9a-f]+/g, 'sk:#')
    .replaceAll(/(?<=seq |ack |TS |:)\d{5,}/g, '#')
    .replaceAll(/\d+\.\d+(?=(?:–| ms))/g, '#')
    .replaceAll(/\d+ looks?/g, '# looks')
    .replaceAll(/ {2,}(?=# ms)/g, '  ')
    .split('\n')
    .filter((line, n, lines) => line !== lines[n - 1])
    .join('\n');
  return { code: error.code, text };
}
