import type { Backend } from '../../host/backend.ts';
import type { Told, Wish } from '../protocol.ts';
import type { RunPlan } from './live-run.ts';

/** A program to be started by hand. */
export interface ProgramStart {
  readonly host: string;
  /** The host that it connects to; undefined for one that is told its own address. */
  readonly to: string | undefined;
  readonly file: string;
  readonly isRaw: boolean;
  /** What it is given behind ADDRESS and PORT; `localPort` stands for a port of its host's own. */
  readonly more: readonly string[];
}

/** What the server asks of the runner: a wish of the page, with what only the server knows. */
export type Order =
  | { readonly kind: 'play'; readonly plan: RunPlan }
  | { readonly kind: 'start'; readonly program: ProgramStart }
  | { readonly kind: 'wish'; readonly wish: Extract<Wish, { do: 'end' | 'stop' | 'gate' | 'wire' }> }
  | { readonly kind: 'give-up'; readonly because: string };

export interface Ordered {
  readonly id: number;
  readonly order: Order;
}

/** What the runner says to the server. */
export type Reported =
  /** It is there, and can be given orders. */
  | { readonly kind: 'ready' }
  /** What came of an order; `problem` when nothing did. */
  | { readonly kind: 'done'; readonly id: number; readonly problem?: string }
  | { readonly kind: 'told'; readonly told: Told };

/** The variable that tells a runner where to make hosts. */
export const RUNNER_BACKEND = 'TCPLAB_RUNNER_BACKEND';

export function runnerBackend(): Backend {
  return process.env[RUNNER_BACKEND] === 'docker' ? 'docker' : 'namespaces';
}
