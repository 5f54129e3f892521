import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Student } from '../support/student.ts';
import { ROOT } from '../support/tcplab.ts';
import { Terminal } from '../support/terminal.ts';
import { describeWithEngine } from './support/engine.ts';
import { madeBy } from './support/made-by.ts';

/** Ends at once, so that its check is quick. */
const quick = "console.log('PASS');\n";
const hangs = 'setInterval(() => {}, 1000);\n';
const ASKED = 'or s to skip it:';
const CHECKING = 'checking exercise 4 …';
const PATIENT = { timeout: 10_000 };

describeWithEngine('watch with hosts in containers', () => {
  test('a save is checked, gives up the run before, and Ctrl-C leaves nothing', async () => {
    const watch = new Watch();
    await watch.asked();
    watch.save(hangs);
    await watch.terminal.shows(CHECKING);
    await expect.poll(() => watch.made(), PATIENT).not.toEqual([]);
    const givenUp = await watch.made();
    const saved = performance.now();
    watch.save(quick);
    await watch.terminal.shows(CHECKING);
    expect(performance.now() - saved).toBeLessThan(300);
    await watch.terminal.shows('Not yet: ');
    const left = async (): Promise<string[]> => (await watch.made()).filter((id) => givenUp.includes(id));
    await expect.poll(left, PATIENT).toEqual([]);
    expect(watch.student.progress().exercises['syn-rcvd']).toMatchObject({ attempts: 1 });
    watch.save(hangs);
    await watch.terminal.shows(CHECKING);
    await expect.poll(() => watch.made(), PATIENT).not.toEqual([]);
    await watch.terminal.types('\x03', 'tcplab: interrupted. Everything it had made is gone.');
    await watch.terminal.shows('ended with 130');
    expect(await watch.made()).toEqual([]);
    await watch.leftTheTerminal();
  });

  test('a SIGKILL leaves the terminal as it was, and nothing that runs', async () => {
    const watch = new Watch();
    await watch.asked();
    watch.save(hangs);
    await watch.terminal.shows(CHECKING);
    await expect.poll(() => watch.made(), PATIENT).not.toEqual([]);
    process.kill(watch.pid, 'SIGKILL');
    await watch.leftTheTerminal();
    await expect.poll(() => watch.made('running'), PATIENT).toEqual([]);
  });
});

/** A watch of exercise 4 on a terminal, in a workspace of its own. */
class Watch {
  readonly student = new Student();
  readonly terminal: Terminal;

  constructor() {
    const lines = [
      'stty -a > before',
      `sh -c 'echo $$ > pid; exec "${join(ROOT, 'tcplab')}" watch 4'`,
      'echo ended with $?',
      'sleep 1',
      'stty -a > after',
    ];
    writeFileSync(this.student.path('run.sh'), `${lines.join('\n')}\n`);
    this.terminal = new Terminal(`cd ${this.student.work} && sh run.sh`, {
      ...this.student.env,
      TCPLAB_BACKEND: 'docker',
    });
  }

  get pid(): number {
    return Number(readFileSync(this.student.path('pid'), 'utf8'));
  }

  /** Lets it ask what it asks before the first run, and answers nothing. */
  async asked(): Promise<void> {
    await this.terminal.shows(ASKED);
    await this.terminal.types('s', ASKED);
    await this.terminal.types('s', 'Edit and save');
  }

  save(text: string): void {
    writeFileSync(this.student.path('04-syn-rcvd', 'client.ts'), text);
  }

  async made(what?: 'running'): Promise<string[]> {
    return await madeBy(this.pid, what);
  }

  async leftTheTerminal(): Promise<void> {
    await this.terminal.ended;
    expect(readFileSync(this.student.path('after'), 'utf8')).toBe(
      readFileSync(this.student.path('before'), 'utf8'),
    );
  }
}
