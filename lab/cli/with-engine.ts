import { EXIT } from './command.ts';

const END_MS = 15_000;

/**
 * Runs a verb in this process, with hosts that are containers of the Docker engine. Interrupted, it removes everything it has made
 * and ends this process.
 * @param interrupted runs first, to leave the terminal as it was.
 */
export async function withEngine(verb: () => Promise<number>, interrupted: () => void): Promise<number> {
  const { closeDockerNetworks } = await import('../host/docker/network.ts');
  let ending = false;
  const end = async (): Promise<never> => {
    interrupted();
    // Whatever is left when the engine takes too long, the next run removes.
    setTimeout(() => process.exit(EXIT.interrupted), END_MS).unref();
    await closeDockerNetworks().catch(() => {});
    console.error('tcplab: interrupted. Everything it had made is gone.');
    process.exit(EXIT.interrupted);
  };
  const onSignal = (): void => {
    if (ending) return;
    ending = true;
    void end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  try {
    const code = await verb();
    return ending ? await Promise.withResolvers<never>().promise : code;
  } catch (error) {
    // What goes wrong while everything is taken down is no news.
    if (ending) return await Promise.withResolvers<never>().promise;
    throw error;
  }
}
