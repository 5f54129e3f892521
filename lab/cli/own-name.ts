/** What the lab's texts call its command; not `../tcplab`, and no path that only begins so. */
const WRITTEN = /(?<![\w./])\.\/tcplab(?![\w/-])/g;
/** What JSON would have to escape. */
const ESCAPED = /["\\\p{Cc}]/u;

/**
 * Has everything that is printed from now on call the command by another name. In a container it is not ./tcplab that the student
 * types: docker/entrypoint.sh and docker/bin/tcplab say by TCPLAB_COMMAND what it is. Here and not in every text, as most of them are
 * neither written nor printed in one place, and those of the exercises know nothing of a command line.
 */
export function goBy(name: string | undefined = process.env.TCPLAB_COMMAND): void {
  if (name === undefined || name === '' || ESCAPED.test(name)) return;
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? chunk.replaceAll(WRITTEN, () => name) : chunk, ...rest);
  }
}
