import type { Command } from './command.ts';

export const play: Command = {
  summary: '',
  help: '',
  needsHosts: false,
  run: () => Promise.resolve(3),
};
