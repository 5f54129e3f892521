import { fileURLToPath } from 'node:url';
import { attempt } from './attempt.ts';

/** Why a native package or library does not load. */
export interface LoadFailure {
  /** Node's code, such as ERR_DLOPEN_FAILED; empty when it gave none; the signal's name after a crash. */
  readonly code: string;
  readonly message: string;
}

const LOADER = fileURLToPath(new URL('./load.ts', import.meta.url));

/** Tries to load something of load.ts in a process of its own. Undefined when it loads. */
export async function loadFailure(
  name: 'koffi' | 'raw-socket' | 'libnftables',
): Promise<LoadFailure | undefined> {
  const { exitCode, signal, stdout, stderr } = await attempt([process.execPath, LOADER, name]);
  if (exitCode === 0) return undefined;
  if (signal !== null) return { code: signal, message: `loading it crashed Node (${signal})` };
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as LoadFailure;
  } catch {
    return { code: '', message: firstError(stderr) };
  }
}

/** The first line of a message, which is what it says; the rest is where it was said. */
export function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function firstError(stderr: string): string {
  return /^\w*Error.*$/m.exec(stderr)?.[0] ?? firstLine(stderr);
}
