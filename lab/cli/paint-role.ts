import type { Role } from '../report/text-lines.ts';
import { type Colour, paint } from './paint.ts';

const COLOURS: Readonly<Partial<Record<Role, Colour>>> = {
  heading: 'bold',
  state: 'bold',
  reset: 'red',
  gate: 'yellow',
  program: 'cyan',
  stdout: 'green',
  stderr: 'red',
  note: 'dim',
};

/** The colours of a timeline on a terminal. */
export function paintRole(role: Role, text: string): string {
  return COLOURS[role] === undefined ? text : paint(COLOURS[role], text);
}
