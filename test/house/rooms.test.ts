import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { filesIn, read } from './files.ts';
import { misplacedImports } from './rooms.ts';

const aliases = packageJson.imports;

test('each room imports only from the rooms above it, and programs only from Node', async () => {
  // A wrong program may be wrong in its imports, too.
  const files = (await filesIn(['lab', 'servers', 'clients', 'test'], /\.tsx?$/)).filter(
    (file) => !/^lab\/exercises\/[^/]+\/wrong\//.test(file),
  );
  const sentences = files.map(async (file) => misplacedImports(file, await read(file), aliases));
  expect((await Promise.all(sentences)).flat()).toEqual([]);
});

const plan = {
  '#lab/socket': './lab/sys/socket.ts',
  '#lab/raw': './lab/raw/program.ts',
  '#lab/*': './lab/*',
};

describe('the rule itself', () => {
  test.each([
    [
      'lab/tcp/x.ts',
      `import { y } from '../sys/y.ts'`,
      'lab/tcp/x.ts imports lab/sys/y.ts: tcp may see nothing',
    ],
    [
      'lab/tcp/x.ts',
      `import type { Y } from '../sys/y.ts'`,
      'lab/tcp/x.ts imports lab/sys/y.ts: tcp may see nothing',
    ],
    [
      'lab/gate/x.ts',
      `export * from '../raw/y.ts'`,
      'lab/gate/x.ts imports lab/raw/y.ts: gate may see only tcp, sys, host',
    ],
    [
      'lab/host/docker/x.ts',
      `await import('../../cli/y.ts')`,
      'lab/host/docker/x.ts imports lab/cli/y.ts: host may see only tcp, sys',
    ],
    [
      'lab/sys/x.ts',
      `import { y } from '#lab/gate/y.ts'`,
      'lab/sys/x.ts imports lab/gate/y.ts: sys may see only tcp',
    ],
    [
      'lab/sys/x.ts',
      `import { y } from '#lab/raw'`,
      'lab/sys/x.ts imports lab/raw/program.ts: sys may see only tcp',
    ],
    [
      'lab/sys/x.ts',
      `let y: import('../host/y.ts').Y`,
      'lab/sys/x.ts imports lab/host/y.ts: sys may see only tcp',
    ],
    ['lab/host/x.ts', `import koffi from 'koffi'`, 'lab/host/x.ts imports koffi: only lab/sys may'],
    ['lab/host/x.ts', `const koffi = require('koffi')`, 'lab/host/x.ts imports koffi: only lab/sys may'],
    [
      'lab/cli/x.ts',
      `import '../../servers/y.ts'`,
      'lab/cli/x.ts imports servers/y.ts: the lab stands without programs and tests',
    ],
    [
      'lab/attic/x.ts',
      `import 'node:fs'`,
      'lab/attic/x.ts imports node:fs: attic is not a room, see the list in test/house/rooms.ts',
    ],
    [
      'lab/cli/x.ts',
      `import '../attic/y.ts'`,
      /^lab\/cli\/x.ts imports lab\/attic\/y.ts: cli may see only tcp, .*, dashboard$/,
    ],
    [
      'lab/exercises/04-x/starter/x.ts',
      `import { y } from '../../../sys/y.ts'`,
      'lab/exercises/04-x/starter/x.ts imports lab/sys/y.ts: programs may import only node:*, #lab/socket and #lab/raw',
    ],
    [
      'lab/exercises/04-x/exercise.ts',
      `import './starter/x.ts'`,
      'lab/exercises/04-x/exercise.ts imports lab/exercises/04-x/starter/x.ts: the lab stands without programs and tests',
    ],
    [
      'servers/x.ts',
      `import { execa } from 'execa'`,
      'servers/x.ts imports execa: programs may import only node:*, #lab/socket and #lab/raw',
    ],
    [
      'clients/x.ts',
      `import './y.ts'`,
      'clients/x.ts imports clients/y.ts: programs may import only node:*, #lab/socket and #lab/raw',
    ],
    [
      'clients/x.ts',
      `import '#lab/sys/socket.ts'`,
      /^clients\/x.ts imports lab\/sys\/socket.ts: programs may import only/,
    ],
    [
      'clients/x.ts',
      'import(process.argv[2])',
      /^clients\/x.ts imports a computed name: programs may import only/,
    ],
    [
      'test/x.test.ts',
      `import '../clients/y.ts'`,
      'test/x.test.ts imports clients/y.ts: a test starts programs, it never imports them',
    ],
  ])('%s: %s', (file, source, sentence) => {
    expect(misplacedImports(file, source, plan)).toEqual([
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    ]);
  });

  test.each([
    ['lab/tcp/x.ts', `import { y } from './y.ts'; import { z } from 'node:util'`],
    ['lab/sys/x.ts', `import koffi from 'koffi'; import { y } from '../tcp/y.ts'`],
    [
      'lab/report/x.tsx',
      `import type { Y } from '../exercise/y.ts'; const page = <p>import '../cli/y.ts'</p>`,
    ],
    ['lab/cli/x.ts', `import { y } from '../dashboard/y.ts'; await import(\`./\${y}.ts\`)`],
    ['lab/tcp/x.ts', `// import '../sys/y.ts'\nconst words = "from '../sys/y.ts'"`],
    ['servers/x.ts', `import net from 'node:net'; import { listen } from '#lab/socket'; import '#lab/raw'`],
    ['test/x.test.ts', `import { y } from '../lab/sys/y.ts'; import koffi from 'koffi'`],
  ])('no objection in %s: %s', (file, source) => {
    expect(misplacedImports(file, source, plan)).toEqual([]);
  });
});
