import type { State } from '../tcp/states.ts';
import { RESETS, TRANSITIONS } from '../tcp/transitions.ts';
import { type Exercise, studentFiles } from './exercise.ts';

/** What an author has left out or contradicted, a sentence each. Whether the programs do as they should is not asked here. */
export function wrongDefinition(exercise: Exercise): string[] {
  const { checks, hints, questions, wrong, paths, points } = exercise;
  const ids = checks.map(({ id }) => id);
  return [
    ...(points > 0 && Number.isInteger(points)
      ? []
      : [`points should be a whole number above 0, not ${points}`]),
    ...(new Set(ids).size === ids.length ? [] : ['two checks have the same id']),
    ...checks.flatMap(({ id, needs = [] }, n) =>
      needs.flatMap((need) =>
        ids.slice(0, n).includes(need) ? [] : [`check "${id}" needs "${need}", which is no check before it`],
      ),
    ),
    ...hints.flatMap((hint, n) => (hint.trim() === '' ? [`hint ${n + 1} is empty`] : [])),
    ...(questions.length < 2 ? ['there should be two or three questions'] : []),
    ...questions.flatMap(({ id, choices, hints: byChoice }) => {
      const missing = Object.keys(choices).filter((key) => byChoice[key] === undefined);
      return missing.length <= 1 ? [] : [`question "${id}" has no hint for ${missing.join(' and ')}`];
    }),
    ...(wrong.length < 4 ? [`there should be four wrong programs at least, not ${wrong.length}`] : []),
    ...wrong.flatMap(({ file, as, fails }) => [
      ...(fails === 'runs' || ids.includes(fails)
        ? []
        : [`${file} should fail at "${fails}", which is no check`]),
      ...(as === undefined && studentFiles(exercise).length > 1
        ? [`${file} does not say which file it stands for`]
        : []),
    ]),
    ...Object.entries(paths).flatMap(([host, path]) => wrongPath(host, path)),
  ];
}

/** A step that neither RFC 9293 figure 5 nor a reset explains. */
function wrongPath(host: string, path: readonly State[]): string[] {
  return path.slice(1).flatMap((to, n) => {
    const from = path[n];
    const known = [...TRANSITIONS, ...RESETS].some((edge) => edge.from === from && edge.to === to);
    return known || from === 'CLOSED' || to === 'CLOSED'
      ? []
      : [`the path of ${host} has no way from ${from} to ${to}`];
  });
}
