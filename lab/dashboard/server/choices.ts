import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles, type Exercise, type Role } from '../../exercise/exercise.ts';
import { ROOT, workFiles } from '../../workspace/place.ts';
import type { ExerciseText, ProgramChoice } from '../protocol.ts';
import { moreArguments } from './parameters.ts';

/** A program that can be started by hand, and where its file is, which no page is told. */
export interface KnownProgram extends ProgramChoice {
  readonly file: string;
  /** It builds its segments by hand, so that its host's kernel has to keep quiet. */
  readonly isRaw: boolean;
  /** What it is given behind ADDRESS and PORT; `localPort` stands for a port of its host's own. */
  readonly more: readonly string[];
}

const PAIR = ['client', 'server'] as const;
const FOLDERS = ['servers', 'clients'] as const;
/** What to begin with where the exercise provides nothing: everything can be shown with an echo server and a client that stays. */
const USUAL = { server: 'servers/echo.ts', client: 'clients/connect.ts' } as const;

/** The hosts that an exercise has, and what can be started on them by hand: its own cast first, then everything else. */
export function byHand(exercise: Exercise): Pick<ExerciseText, 'hosts' | 'programs' | 'suggested'> {
  const all = programChoices(exercise);
  return {
    hosts: hostsOf(exercise),
    programs: all.map(({ id, hosts, connects, isOfExercise, about }) => ({
      ...{ id, hosts, connects, isOfExercise, about },
    })),
    suggested: Object.fromEntries(hostsOf(exercise).map((host) => [host, suggested(exercise, host)])),
  };
}

/** What can be started by hand: the student's own programs of an exercise first, then those of its cast, then the lab's others. */
export function programChoices(exercise: Exercise): KnownProgram[] {
  return [...ownPrograms(exercise), ...provided(exercise)].toSorted(
    (a, b) => Number(b.isOfExercise) - Number(a.isOfExercise),
  );
}

/** The hosts of an exercise, in address order. */
export function hostsOf({ hosts }: Exercise): readonly string[] {
  return hosts ?? PAIR;
}

/** What the exercise provides on a host; what belongs on such a host; or, where nothing is usual, the exercise's reference. */
function suggested(exercise: Exercise, host: string): string {
  const here = Object.values(exercise.cast).filter((role) => role.host === host && !isData(role));
  const provides = here.flatMap((role) => ('provided' in role ? [role.provided] : []));
  const references = here.flatMap((role) => ('reference' in role ? [role.reference] : []));
  const usual = host === 'server' ? USUAL.server : host === 'client' && hasServer(exercise) && USUAL.client;
  return [...provides, ...(usual === false ? [] : [usual]), ...references][0] ?? USUAL.client;
}

function provided(exercise: Exercise): KnownProgram[] {
  const cast = new Set(Object.values(exercise.cast).map(programOf));
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .flatMap((name): KnownProgram[] => {
        const [id, file] = [`${folder}/${name}`, join(ROOT, folder, name)];
        const text = readFileSync(file, 'utf8');
        const more = moreArguments(id, text);
        if (more === undefined) return [];
        const connects = folder === 'clients';
        const hosts = hostsFor(exercise, connects);
        const isOfExercise = cast.has(id);
        return [{ id, hosts, connects, isOfExercise, about: aboutOf(text), file, isRaw: isRaw(text), more }];
      }),
  );
}

function ownPrograms(exercise: Exercise): KnownProgram[] {
  const data = dataFiles(exercise);
  return workFiles(exercise)
    .filter((file) => existsSync(file) && !data.includes(basename(file)))
    .map((file) => {
      const roles = Object.values(exercise.cast).filter(
        (role) => 'student' in role && role.student === basename(file),
      );
      const reference = roles.map(programOf)[0] ?? '';
      return {
        id: `work/${basename(file)}`,
        hosts: [...new Set(roles.map(({ host }) => host))],
        connects: reference.startsWith('clients/'),
        isOfExercise: true,
        about: '',
        file,
        isRaw: isRaw(readFileSync(file, 'utf8')),
        more: moreArguments(reference, readFileSync(join(ROOT, reference), 'utf8')) ?? [],
      };
    });
}

/** Beside a server, the others are its clients; without one, every host can be both. */
function hostsFor(exercise: Exercise, connects: boolean): readonly string[] {
  const hosts = hostsOf(exercise);
  return hasServer(exercise) ? hosts.filter((host) => (host === 'server') !== connects) : hosts;
}

function hasServer(exercise: Exercise): boolean {
  return hostsOf(exercise).includes('server');
}

function isData(role: Role): boolean {
  return 'answers' in role && role.answers !== undefined;
}

function programOf(role: Role): string {
  return 'provided' in role ? role.provided : role.reference;
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
