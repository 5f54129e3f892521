import { constants } from 'node:os';
import { EXIT } from './command.ts';

const END_MS = 15_000;
const GONE = 'tcplab: interrupted. Everything it had made is gone.';

/**
 * Runs a verb in this process, with hosts that are containers of the Docker engine. Interrupted, it removes everything it has made
 * and ends this process.
 * @param interrupted runs first, to leave the terminal as it was.
 */
export async function withEngine(verb: () => Promise<number>, interrupted: () => void): Promise<number> {
  const { closeDockerNetworks, readyEngine } = await import('../host/docker/network.ts');
  // The engine answers while the verb is loaded. Whoever needs it is told why it does not.
  readyEngine().catch(() => {});
  let ending = false;
  const end = async (code: number): Promise<never> => {
    interrupted();
    // Whatever is left when the engine takes too long, the next run removes.
    setTimeout(() => process.exit(code), END_MS).unref();
    await closeDockerNetworks().catch(() => {});
    if (code === EXIT.interrupted) console.error(GONE);
    process.exit(code);
  };
  const endOnce = (code: number): void => {
    if (ending) return;
    ending = true;
    void end(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => endOnce(EXIT.interrupted));
  // Whoever read our output has gone. What was made goes first, and then this process.
  process.stdout.removeAllListeners('error').on('error', () => endOnce(128 + constants.signals.SIGPIPE));
  try {
    const code = await verb();
    if (ending) return await Promise.withResolvers<never>().promise;
    // A run that was given up may still be on its way out.
    await closeDockerNetworks();
    if (code === EXIT.interrupted) console.error(GONE);
    return code;
  } catch (error) {
    // What goes wrong while everything is taken down is no news.
    if (ending) return await Promise.withResolvers<never>().promise;
    await closeDockerNetworks();
    throw error;
  }
}
