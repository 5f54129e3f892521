import type { Served } from '../dashboard/server/serve.ts';
import type { Backend } from '../host/backend.ts';
import { BACKENDS } from '../host/backend.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EnvironmentError, EXIT } from './command.ts';
import { isEngineThere } from './engine-there.ts';
import { wantedBackend, wholeNumber } from './options.ts';

const HELP = `
Usage: ./tcplab ui [--port P]

The lab as a page in your browser, to keep open beside the editor: the exercises, both hosts' socket tables, every segment as it
passes, the state diagram, and buttons that hold segments back, so that you hold SYN_RCVD with the mouse. Programs that you save are
checked at once. It prints an address; open it. Ctrl-C ends it, and everything that it has made.

The page is for this machine only: it listens on 127.0.0.1, and its address carries a token.

  --port P     the port; the first free one from 7413 on when not said
  --json       one JSON document with the address on standard output when the page is there
  --backend B  where the hosts are made: namespaces (the default where they work), or docker
`;

/** The port that is tried first, and how many after it. */
const FIRST_PORT = 7_413;
const TRIES = 20;

export const ui: Command = {
  help: HELP,
  async run(args) {
    const { values } = verbArguments('ui', args, { ...COMMON, port: { type: 'string' } }, 0);
    const port = values.port === undefined ? undefined : wholeNumber('--port', values.port, 1, 65_535);
    const interrupted = untilInterrupted();
    const served = await serveSomewhere(wantedBackend(args), port);
    if (values.json) printJson({ schema: 'tcplab/ui/1', url: served.url });
    else
      console.log(
        `The lab is here:\n\n  ${served.url}\n\nOpen it in a browser on this machine. Ctrl-C ends it.`,
      );
    await interrupted;
    await served.close();
    if (!values.json) console.error('tcplab: interrupted. Everything it had made is gone.');
    return EXIT.interrupted;
  },
};

function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  return promise;
}

/** In namespaces; where there are none, in containers if there is an engine. @throws EnvironmentError. */
async function serveSomewhere(wanted: Backend | undefined, port: number | undefined): Promise<Served> {
  const [usual, other] = BACKENDS;
  if (wanted !== undefined) return await serveAt(wanted, port);
  try {
    return await serveAt(usual, port);
  } catch (error) {
    if (!isRunnerError(error) || !(await isEngineThere())) throw error;
    console.error(`tcplab: ${error.message} Going on with --backend docker.`);
    return await serveAt(other, port);
  }
}

async function serveAt(backend: Backend, port: number | undefined): Promise<Served> {
  const { serve } = await import('../dashboard/server/serve.ts');
  const { address, published } = inContainer();
  for (let n = 0; ; n += 1) {
    const at = port ?? FIRST_PORT + n;
    try {
      return await serve({ backend, port: at, address, ...published });
    } catch (error) {
      if (!isCode(error, 'EADDRINUSE')) throw error;
      if (port === undefined && n < TRIES) continue;
      throw new EnvironmentError(`port ${at} is taken. Choose another one: ./tcplab ui --port ${at + 1}`, {
        cause: error,
      });
    }
  }
}

/** In a container, whose port is published on the loopback of the machine that has the browser: compose.yaml. */
function inContainer(): { address: string; published: { published?: number } } {
  const { TCPLAB_UI_ADDRESS: address, TCPLAB_UI_PORT: port } = process.env;
  if (address === undefined || port === undefined) return { address: '127.0.0.1', published: {} };
  return { address, published: { published: wholeNumber('TCPLAB_UI_PORT', port, 1, 65_535) } };
}

function isRunnerError(error: unknown): error is Error {
  return isCode(error, 'runner');
}

function isCode(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}
