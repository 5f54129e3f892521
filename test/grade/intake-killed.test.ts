import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Place } from './intake-place.ts';

const INTAKE = new URL('../../lab/grade/intake/intake.ts', import.meta.url).href;
const STUDENTS = Array.from({ length: 20 }, (_, n) => `student-${n}`);
const FILES = ['04-syn-rcvd/client.ts', '04-syn-rcvd/lib/a.ts', '05-two-queues/server.ts'];

/** What is handed in the first or the second time. */
function handedIn(version: number): Record<string, string> {
  return Object.fromEntries(
    STUDENTS.flatMap((student) => FILES.map((file) => [`${student}/${file}`, `${student} ${version}`])),
  );
}

test('killed at any instant, a student is there whole or not at all, and the next run completes the store', async () => {
  using place = new Place(handedIn(0));
  await place.intake();
  // Takes the same in again and again, changed each time, until it is killed.
  const program = `
    const { intake } = await import(${JSON.stringify(INTAKE)});
    const { writeFileSync } = await import('node:fs');
    const [dir, store, ...files] = process.argv.slice(1);
    console.log('ready');
    for (let version = 0; version < 2000; version += 1) {
      for (const file of files) writeFileSync(dir + '/' + file, file.split('/')[0] + ' ' + version);
      await intake(dir, store);
    }`;
  const paths = Object.keys(handedIn(0));
  for (let kill = 0; kill < 4; kill += 1) {
    const args = ['--input-type=module', '-e', program, place.dir, place.store, ...paths];
    const taking = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(taking, 'exit');
    await once(taking.stdout, 'data');
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 20 + Math.random() * 150);
    await promise;
    taking.kill('SIGKILL');
    await gone;

    const stored = place.stored();
    for (const student of readdirSync(place.store).filter((name) => !name.startsWith('.'))) {
      const texts = FILES.map((file) => stored[`${student}/${file}`]);
      expect(new Set(texts).size).toBe(1);
      expect(texts[0]).toMatch(new RegExp(`^${student} \\d+$`));
    }
    place.add(handedIn(kill));
    await place.intake();
    expect(place.stored()).toEqual(handedIn(kill));
  }
}, 120_000);
