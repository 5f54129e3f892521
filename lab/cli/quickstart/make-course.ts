import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CLASS, type Student } from './class.ts';
import { zipOf } from './zip.ts';

const HOUR_MS = 3_600_000;

/** Where the parts of a demo course are. */
export interface CoursePlace {
  readonly submissions: string;
  readonly course: string;
}

/**
 * Makes a demo course in an empty folder: a class of submissions, and its rules. It was due at the last midnight but one, so that
 * somebody can be late already.
 */
export function makeCourse(folder: string, now: Date): CoursePlace {
  const due = new Date(now);
  due.setUTCHours(0, 0, 0, 0);
  due.setUTCDate(due.getUTCDate() - 1);
  const place = { submissions: join(folder, 'submissions'), course: join(folder, 'course.json') };
  mkdirSync(place.submissions, { recursive: true });
  for (const [n, student] of CLASS.entries()) {
    const hours = student.hoursLate ?? -4 - 5 * n;
    handIn(place.submissions, student, new Date(due.getTime() + hours * HOUR_MS));
  }
  writeFileSync(place.course, `${JSON.stringify(rules(due), null, 2)}\n`);
  return place;
}

function handIn(submissions: string, { name, form, programs }: Student, at: Date): void {
  const texts = Object.fromEntries(
    Object.entries(programs).map(([exercise, text]) => [`${exercise}/client.ts`, text]),
  );
  const put = (path: string, content: string | Buffer): void => {
    const file = join(submissions, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, at, at);
  };
  if (form === 'zip') put(`${name}.zip`, zipOf(texts, at));
  else if (form === 'rar') put(`${name}.rar`, 'Rar!\x1a\x07\x01\x00');
  else for (const [path, text] of Object.entries(texts)) put(`${name}/${path}`, text);
}

/** The rules, as an instructor would write them. */
function rules(due: Date): object {
  return {
    schema: 'tcplab/course/1',
    title: 'TCP by hand (demo)',
    due: due.toISOString(),
    late: { graceMinutes: 15, percentPerDay: 10, mostPercent: 50, closesAfterDays: 7 },
    exercises: { '02-handshake': {}, '04-syn-rcvd': { weight: 20 }, '10-half-close': { weight: 10 } },
    hidden: [
      {
        exercise: '10-half-close',
        check: 'stays',
        sentence: 'One more check looks at how your program ends. You will see it after the second round.',
      },
    ],
    students: Object.fromEntries(CLASS.map(({ name, fullName }) => [name, { name: fullName }])),
  };
}
