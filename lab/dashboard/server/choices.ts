import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles, type Exercise } from '../../exercise/exercise.ts';
import { ROOT, workFiles } from '../../workspace/place.ts';
import type { ProgramChoice } from '../protocol.ts';

/** A program that can be started by hand, and where its file is, which no page is told. */
export interface KnownProgram extends ProgramChoice {
  readonly file: string;
  /** It builds its segments by hand, so that its host's kernel has to keep quiet. */
  readonly isRaw: boolean;
}

const FOLDERS = { server: 'servers', client: 'clients' } as const;
/** Programs by hand are given an address and a port; one that wants more is for its exercise. */
const TAKES_TWO = /const \[\s*\w+[^,\]]*,\s*\w+[^,\]]*\] = process\.argv\.slice\(2\)/;

/** What can be started by hand: the student's own programs of an exercise first, then the lab's. */
export function programChoices(exercise: Exercise): KnownProgram[] {
  return [...ownPrograms(exercise), ...provided()];
}

/** By host: the program to begin with. An echo server and a client that stays are what everything can be shown with. */
export const SUGGESTED = { server: 'servers/echo.ts', client: 'clients/connect.ts' } as const;

function provided(): KnownProgram[] {
  return Object.entries(FOLDERS).flatMap(([host, folder]) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .flatMap((name) => known(`${folder}/${name}`, host, join(ROOT, folder, name))),
  );
}

function ownPrograms(exercise: Exercise): KnownProgram[] {
  const data = dataFiles(exercise);
  return workFiles(exercise)
    .filter((file) => existsSync(file) && !data.includes(basename(file)))
    .map((file) => ({
      id: `work/${basename(file)}`,
      host: hostOf(exercise, basename(file)),
      about: '',
      file,
      isRaw: isRaw(readFileSync(file, 'utf8')),
    }));
}

/** Where a student's file belongs. By hand there are a client and a server, whatever hosts the exercise has. */
function hostOf({ cast }: Exercise, file: string): string {
  const role = Object.values(cast).find((each) => 'student' in each && each.student === file);
  return role?.host === 'server' ? 'server' : 'client';
}

function known(id: string, host: string, file: string): KnownProgram[] {
  const text = readFileSync(file, 'utf8');
  if (!TAKES_TWO.test(text)) return [];
  return [{ id, host, about: aboutOf(text), file, isRaw: isRaw(text) }];
}

/** The first sentence of the comment that a program begins with. */
function aboutOf(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('// '));
  const comment = lines
    .slice(0, end)
    .map((line) => line.slice(3))
    .join(' ');
  return /^.*?[.:](?=\s|$)/.exec(comment)?.[0].replace(/:$/, '.') ?? comment;
}

function isRaw(text: string): boolean {
  return text.includes('#lab/raw');
}
