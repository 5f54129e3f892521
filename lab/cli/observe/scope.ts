import type { SurveyPlace } from '../../report/survey-json.ts';
import { ObserveError } from '../../survey/observe-error.ts';
import { ObservedProcess } from '../../survey/observed-process.ts';
import { LocalViewpoint, type Viewpoint } from '../../survey/viewpoint.ts';
import { EnvironmentError, UsageError } from '../command.ts';

/** Whose sockets are observed, and from where. */
export interface Scope extends AsyncDisposable {
  /** In words, such as "process 12 (nginx)". */
  readonly title: string;
  readonly place: SurveyPlace;
  readonly viewpoint: Viewpoint;
  /** Only its sockets; undefined for all there are. */
  readonly process: ObservedProcess | undefined;
}

export interface ScopeWishes {
  readonly pid: number | undefined;
  readonly container: string | undefined;
  readonly port: number | undefined;
}

/** @throws UsageError for a process that is not there, EnvironmentError for one that this user may not observe, EngineError. */
export async function openScope({ pid, container, port }: ScopeWishes): Promise<Scope> {
  try {
    if (container !== undefined) {
      const { openContainer } = await import('./container.ts');
      return withPort(await openContainer(container), port);
    }
    return withPort(pid === undefined ? here() : ofProcess(pid), port);
  } catch (error) {
    if (!(error instanceof ObserveError)) throw error;
    throw error.code === 'absent'
      ? new UsageError(error.message, { cause: error })
      : new EnvironmentError(error.message, { cause: error });
  }
}

function here(): Scope {
  const viewpoint = new LocalViewpoint();
  return {
    title: 'this machine',
    place: { kind: 'here' },
    viewpoint,
    process: undefined,
    [Symbol.asyncDispose]: async () => await viewpoint[Symbol.asyncDispose](),
  };
}

function ofProcess(pid: number): Scope {
  using stack = new DisposableStack();
  const process = stack.use(new ObservedProcess(pid));
  process.sockets();
  const viewpoint = process.viewpoint();
  const rest = stack.move();
  const { command } = process;
  return {
    title: `process ${pid} (${command})`,
    place: { kind: 'process', pid, command },
    viewpoint,
    process,
    async [Symbol.asyncDispose]() {
      await viewpoint[Symbol.asyncDispose]();
      rest.dispose();
    },
  };
}

function withPort(scope: Scope, port: number | undefined): Scope {
  if (port === undefined) return scope;
  return { ...scope, title: `${scope.title}, port ${port}`, place: { ...scope.place, port } };
}
