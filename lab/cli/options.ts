import { BACKENDS, type Backend } from '../host/backend.ts';
import { UsageError } from './command.ts';

/** A whole number of milliseconds from the command line. @throws UsageError naming the option. */
export function milliseconds(option: string, text: string, max = 3_600_000): number {
  return wholeNumber(option, text, 0, max);
}

/** A whole number in [min, max] from the command line. @throws UsageError naming the option and the range. */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${text}"`);
}

/** Where hosts are made when nobody says; TCPLAB_BACKEND may name another place. */
const USUAL: Backend = 'namespaces';

/** Checks `--backend`. Undefined stands for the usual one. @throws UsageError naming the backends there are. */
export function backend(text: string | undefined = process.env.TCPLAB_BACKEND): Backend {
  if (text === undefined || text === '') return USUAL;
  const known = BACKENDS.find((name) => name === text);
  if (known === undefined)
    throw new UsageError(`no backend "${text}". The backends are: ${BACKENDS.join(', ')}`);
  return known;
}

/** The backend that a verb's arguments ask for; undefined when they leave it open. @throws UsageError. */
export function wantedBackend(args: readonly string[]): Backend | undefined {
  const at = args.findLastIndex((word) => word === '--backend' || word.startsWith('--backend='));
  const text = at < 0 ? process.env.TCPLAB_BACKEND : (args[at]?.split('=')[1] ?? args[at + 1]);
  return text === undefined || text === '' ? undefined : backend(text);
}
