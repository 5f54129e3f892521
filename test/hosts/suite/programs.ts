import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { adviseOnExit } from '../../../lab/host/advise-exit.ts';
import type { Backend } from '../../../lab/host/backend.ts';
import { describeExit } from '../../../lab/host/describe-exit.ts';
import { testProgram } from '../../kernel/support/programs.ts';
import { type Lab, printed, sharedLab } from '../lab.ts';

/** CAP_NET_RAW, and nothing else. capabilities(7). */
const NET_RAW = '0000000000002000';

/** Files of one program, outside of the checkout, for one test. @returns the first one's path. */
function outside(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  return join(folder, Object.keys(files)[0] ?? '');
}

async function ran(lab: Lab, source: string, ...args: string[]) {
  return await lab.ran(lab.client, outside({ 'program.ts': source }), ...args);
}

export function programSuite(backend: Backend): void {
  describe('programs', () => {
    const lab = sharedLab(backend);

    test('have nothing of the caller’s environment but a path, a home and the compile cache', async () => {
      process.env.TCPLAB_SECRET = 'secret';
      const { stdout } = await ran(lab(), 'console.log(JSON.stringify(Object.keys(process.env)));');
      delete process.env.TCPLAB_SECRET;
      const names = JSON.parse(stdout) as string[];
      expect(['HOME', 'LANG', 'NODE_COMPILE_CACHE', 'PATH', 'TMPDIR']).toEqual(expect.arrayContaining(names));
      expect(names).toContain('PATH');
    });

    test('get their arguments, an empty standard input, and a process group of their own', async () => {
      const { stdout } = await ran(
        lab(),
        `import { readFileSync } from 'node:fs';
        const group = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[2]);
        console.log(JSON.stringify([process.argv.slice(2), readFileSync(0).length, group === process.pid]));`,
        '198.18.0.2',
        'two words',
      );
      expect(JSON.parse(stdout)).toEqual([['198.18.0.2', 'two words'], 0, true]);
    });

    test('are an ordinary user with CAP_NET_RAW, and may have no more', async () => {
      const { stdout } = await ran(
        lab(),
        "import { readFileSync } from 'node:fs'; console.log(readFileSync('/proc/self/status', 'utf8'));",
      );
      const field = (name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(stdout)?.[1] ?? '';
      expect(field('Uid').split('\t')).toEqual(['1000', '1000', '1000', '1000']);
      expect([field('CapPrm'), field('CapEff'), field('CapAmb')]).toEqual([NET_RAW, NET_RAW, NET_RAW]);
    });

    test('have the exit code, the output and the errors that they have', async () => {
      const running = await ran(
        lab(),
        "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3;",
      );
      expect([running.exit, running.stdout, running.stderr]).toEqual([
        { code: 3, signal: null },
        'out',
        'err',
      ]);
      expect(await running.stop()).toEqual({ code: 3, signal: null });
      expect(running.stopping).toBe(false);
      expect(running.endedForMs).toBeGreaterThan(0);
    });

    test('get signals', async () => {
      const file = outside({
        'program.ts':
          "process.once('SIGUSR2', () => process.exit(7)); setInterval(() => {}, 1_000); console.log('.');",
      });
      const running = await lab().run(lab().client, file);
      await printed(running, '.');
      running.signal('SIGUSR2');
      expect(await running.exited).toEqual({ code: 7, signal: null });
      expect(running.stopping).toBe(false);
    });

    test('stop by SIGTERM', async () => {
      const running = await lab().run(lab().client, testProgram('wait.ts'));
      expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
      expect(running.stopping).toBe(true);
      expect(describeExit(running)).toBe('wait.ts on client was ended by SIGTERM');
    });

    test('that ignore SIGTERM are ended by SIGKILL two seconds later', async () => {
      const running = await lab().run(lab().client, testProgram('ignore-sigterm.ts'));
      await printed(running, 'ready');
      const beganMs = performance.now();
      expect(await running.stop()).toEqual({ code: null, signal: 'SIGKILL' });
      expect(performance.now() - beganMs).toBeGreaterThan(1_950);
      expect(running.stdout).toBe('ready\nno\n');
    });

    test('take what they have started with them, and whoever else holds their output is not waited for', async () => {
      const file = outside({
        'program.ts': `import { spawn } from 'node:child_process';
        const own = spawn('sleep', ['60'], { stdio: 'inherit' });
        spawn('sleep', ['60'], { stdio: 'inherit', detached: true });
        setInterval(() => {}, 1_000);
        console.log(own.pid + '.');`,
      });
      const running = await lab().run(lab().client, file);
      await printed(running, '.');
      expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
      const { stdout } = await ran(
        lab(),
        `import { existsSync, readFileSync } from 'node:fs';
        const status = ${JSON.stringify('/proc/PID/status')}.replace('PID', process.argv[2]);
        console.log(existsSync(status) ? readFileSync(status, 'utf8').match(/State:\\s+(\\w)/)[1] : 'gone');`,
        String(Number.parseInt(running.stdout, 10)),
      );
      expect(['gone\n', 'Z\n']).toContain(stdout);
    });

    test('print what they like: 1 MiB of it is kept, and the rest does not stop them', async () => {
      const running = await ran(
        lab(),
        `for (const stream of [process.stdout, process.stderr]) {
          for (let n = 0; n < 48; n++) stream.write('tcplab! '.repeat(8_192));
        }`,
      );
      expect(running.exit).toEqual({ code: 0, signal: null });
      expect([running.stdout.length, running.stderr.length]).toEqual([1 << 20, 1 << 20]);
    });

    test('may be anywhere, import what lies beside them, and mean the lab by #lab', async () => {
      const file = outside({
        'program.ts': `import { number } from './other.ts';
        import { sendSyns } from '#lab/raw';
        import * as socket from '#lab/socket';
        console.log(number, typeof sendSyns, Object.keys(socket).length > 0);`,
        'other.ts': "export { number } from './third.ts';",
        'third.ts': 'export const number: number = 42;',
      });
      expect((await lab().ran(lab().client, file)).stdout).toBe('42 function true\n');
    });

    test.each([
      [
        'a mistake in TypeScript',
        'const a: number = 1;\nconst b: = 2;',
        /^program.ts on client could not start: syntax error, .*\(program.ts, line 2\)$/,
        /Correct that line/,
      ],
      [
        'a thrown error',
        "\nthrow new RangeError('port 1 is taken');",
        'program.ts on client ended with an error: RangeError: port 1 is taken (program.ts, line 2)',
        undefined,
      ],
      [
        'an error event that nobody handles',
        "import { connect } from 'node:net';\nconnect(1, '127.0.0.1');",
        'program.ts on client ended with an error: Error: connect ECONNREFUSED 127.0.0.1:1',
        /\.on\('error'/,
      ],
      [
        'a rejected string',
        "Promise.reject('no luck');",
        'program.ts on client ended with a rejected promise: no luck',
        /Put try/,
      ],
      [
        'an await that nothing settles',
        '\nawait new Promise(() => {});',
        'program.ts on client ended while it still awaited something (program.ts, line 2)',
        /nothing is left that could settle/,
      ],
      [
        'a package that is not there',
        "import 'no-such-package';",
        /: Error: Cannot find package 'no-such-package' imported from (.*program.ts)$/,
        /only what Node brings/,
      ],
      [
        'nothing at all',
        '',
        'program.ts on client ended by itself with exit code 0',
        /nothing is left for it to wait for/,
      ],
    ])('%s is described, and advised on', async (_name, source, sentence, advice) => {
      const running = await ran(lab(), source);
      const found = describeExit(running);
      if (typeof sentence === 'string') expect(found).toBe(sentence);
      else expect(found).toMatch(sentence);
      const [, named] = typeof sentence === 'string' ? [] : (sentence.exec(found) ?? []);
      if (named !== undefined) expect(named).toBe(running.file);
      if (advice !== undefined) expect(adviseOnExit(running)).toMatch(advice);
    });

    test('errors name files as they are called here', async () => {
      const file = outside({ 'program.ts': "import './no-such-file.ts';" });
      const running = await lab().ran(lab().client, file);
      const missing = file.replace('program.ts', 'no-such-file.ts');
      expect(describeExit(running)).toBe(`program.ts on client could not start: there is no file ${missing}`);
      const nowhere = await lab().ran(lab().server, '/nowhere/server.ts');
      expect(describeExit(nowhere)).toBe(
        'server.ts on server could not start: there is no file /nowhere/server.ts',
      );
    });
  });
}
