import type { Command } from './command.ts';

export const doctor: Command = {
  summary: '',
  help: '',
  needsHosts: false,
  run: () => Promise.resolve(3),
};
