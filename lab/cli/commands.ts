import type { Command } from './command.ts';

/** Every verb, in the order that help lists them, with its module loaded only when it is used. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  tour: async () => (await import('./tour.ts')).tour,
  play: async () => (await import('./play.ts')).play,
  doctor: async () => (await import('./doctor.ts')).doctor,
  bench: async () => (await import('./bench.ts')).bench,
};

export const VERBS: readonly string[] = Object.keys(COMMANDS);

/** The verb's command, or undefined when there is no such verb. */
export async function commandNamed(verb: string): Promise<Command | undefined> {
  return Object.hasOwn(COMMANDS, verb) ? await COMMANDS[verb]?.() : undefined;
}
