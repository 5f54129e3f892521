import { engine } from '../../host/docker/engine.ts';
import { EngineError, engineSays } from '../../host/docker/engine-error.ts';
import { RUN_LABEL } from '../../host/docker/labels.ts';
import { removeLeftovers } from '../../host/docker/leftovers.ts';

/** Something that was removed. */
export interface Removed {
  readonly kind: 'container' | 'network' | 'volume';
  readonly name: string;
  /** The id of the run that had made it. */
  readonly run: string;
}

/**
 * Removes what dead runs have left on the Docker engine; nothing without the lab's label is touched. Where there is no engine nothing
 * is left. @throws EngineError when there is one that cannot be used, or that does not remove something.
 */
export async function removeWhatIsLeft(): Promise<Removed[]> {
  try {
    const { docker } = await engine();
    const removed = await removeLeftovers(docker);
    return removed.map(({ kind, name, labels }) => ({ kind, name, run: labels[RUN_LABEL] ?? '' }));
  } catch (error) {
    if (error instanceof EngineError && isAbsent(error.cause)) return [];
    if (error instanceof Error && 'statusCode' in error)
      throw new EngineError(`the Docker engine did not remove what is left: ${engineSays(error)}`, error);
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
