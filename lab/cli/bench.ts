import type { Command } from './command.ts';

export const bench: Command = {
  summary: '',
  help: '',
  needsHosts: false,
  run: () => Promise.resolve(3),
};
