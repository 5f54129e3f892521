import { viewContainer } from '../../survey/container.ts';
import type { Scope } from './scope.ts';

const HOW = {
  entered: 'from inside its network namespace',
  beside: 'by a container of the lab beside it',
} as const;

/** Everything in a container. @throws EngineError. */
export async function openContainer(wanted: string): Promise<Scope> {
  const { viewpoint, by, name } = await viewContainer(wanted);
  return {
    title: `container ${name}, ${HOW[by]}`,
    place: { kind: 'container', container: name, by },
    viewpoint,
    process: undefined,
    [Symbol.asyncDispose]: async () => await viewpoint[Symbol.asyncDispose](),
  };
}
