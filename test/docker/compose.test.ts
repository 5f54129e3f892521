import { appendFile, chown, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { checkoutDigest } from '../../lab/host/docker/digest.ts';
import { PINNED } from '../../lab/host/knobs.ts';
import { LivePage } from '../dashboard/support/live-lab.ts';
import { Compose } from './support/compose.ts';
import { describeWithEngine } from './support/engine.ts';

const BUILD_MS = 240_000;
const STATUS = "console.log(require('node:fs').readFileSync('/proc/self/status', 'utf8'))";
/** CAP_NET_RAW, capabilities(7). */
const NET_RAW = '0000000000002000';
/** What editors leave in a folder, which is to be neither in the image nor in its digest. */
const LEFT_BEHIND = ['lab/.states.ts.swp', 'lab/tcp/states.ts~', 'servers/#echo.ts#'];
const NONE = '0000000000000000';

describeWithEngine('docker compose in a fresh clone', () => {
  let compose: Compose;

  beforeAll(async () => {
    compose = await Compose.ofCopy();
    await Promise.all(LEFT_BEHIND.map((name) => writeFile(join(compose.folder, name), 'left behind')));
    await compose.do('up', '--detach');
  }, BUILD_MS);

  afterAll(async () => {
    await compose?.[Symbol.asyncDispose]();
  }, 60_000);

  test('up starts five containers and says what to type next', async () => {
    const services = await compose.do('ps', '--services', '--status', 'running');
    expect(services.split('\n').sort()).toEqual([
      'client',
      'client-observer',
      'lab',
      'server',
      'server-observer',
    ]);
    const said = await compose.do('logs', 'lab', '--no-log-prefix');
    expect(said).toContain('docker compose exec lab tcplab tour');
    expect(said).toContain('docker compose exec server-observer ss -tan');
    expect(said).not.toContain('the clone has changed');
  });

  test('the page is published on loopback only, and holds SYN_RCVD in a container', async () => {
    const port = compose.options.env.TCPLAB_UI_PORT ?? '';
    expect(await compose.do('port', 'lab', '7413')).toBe(`127.0.0.1:${port}`);
    const url = await pageOf(compose);
    expect(url.host).toBe(`127.0.0.1:${port}`);
    const html = await fetch(url);
    expect(html.status).toBe(200);
    expect(await html.text()).toContain('<script');
    const page = new LivePage(url);
    onTestFinished(() => page.close());
    await page.connect();
    await page.wish({ do: 'hands-on', number: 4 });
    await page.phase(1, 'running', 20_000);
    await page.wish({ do: 'start', host: 'server', program: 'servers/echo.ts' });
    await page.listener();
    await page.wish({ do: 'gate', host: 'server', gate: 'ack-of-syn-ack', closed: true });
    await page.wish({ do: 'start', host: 'client', program: 'clients/connect.ts' });
    await page.table('server', 'SYN_RCVD', (all) => all.some(({ state }) => state === 'SYN_RCVD'));
    await page.wish({ do: 'end' });
    await page.phase(1, 'over', 20_000);
  });

  test('a connection made by hand is ESTABLISHED, as the observer sees', async () => {
    await compose.start('server', 'run', 'servers/echo.ts', 'server', '8080');
    await compose.until(/^LISTEN .*:8080 /m, 'server-observer', 'ss', '-tan');
    await compose.start('client', 'run', 'clients/connect.ts', 'server', '8080');
    await compose.until(/^ESTAB .*\.2:8080 .*\.1:\d+/m, 'server-observer', 'ss', '-tan');
  });

  test('a client made by hand withholds its ACK, once its own kernel is kept from resetting', async () => {
    await compose.start('server', 'run', 'servers/echo.ts', 'server', '8081');
    await compose.until(/^LISTEN .*:8081 /m, 'server-observer', 'ss', '-tan');
    expect(await compose.exec('client-observer', 'gate', 'own-rst')).toMatchObject({ exitCode: 0 });
    await compose.start('client', 'run', 'clients/withhold-ack.ts', 'server', '8081');
    await compose.until(/^SYN-RECV .*\.2:8081 /m, 'server-observer', 'ss', '-tan');
    await compose.until(/^own-rst: closed, [1-9]/m, 'client-observer', 'gate', 'own-rst');
  });

  test('a gate closed by hand holds the FIN, and opened lets it pass', async () => {
    await compose.start('server', 'run', 'servers/never-close.ts', 'server', '8082');
    await compose.until(/^LISTEN .*:8082 /m, 'server-observer', 'ss', '-tan');
    await compose.exec('server-observer', 'gate', 'fin');
    await compose.start('client', 'run', 'clients/close.ts', 'server', '8082');
    await compose.until(/^FIN-WAIT-1 .*:8082/m, 'client-observer', 'ss', '-tan');
    await compose.exec('server-observer', 'gate', '--open', 'fin');
    await compose.until(/^FIN-WAIT-2 .*:8082/m, 'client-observer', 'ss', '-tan');
    expect((await compose.exec('server-observer', 'gate')).stdout).toMatch(
      /^fin .*\(open, [1-9]\d* dropped so far\)$/m,
    );
  });

  test('an observer sees segments', async () => {
    const seen = compose.exec(
      'client-observer',
      'timeout',
      '10',
      'tcpdump',
      '-c',
      '1',
      '-ni',
      'eth0',
      'tcp port 8083',
    );
    await compose.until(/:eth0/, 'client-observer', 'ss', '-0an');
    await compose.exec('client', 'run', 'clients/report-error.ts', 'server', '8083');
    expect((await seen).stdout).toMatch(/\.1\.\d+ > 198\.19\.\d+\.2\.8083: Flags \[S\]/);
  });

  test.each(['client', 'server'])(
    '%s runs programs as an ordinary user with CAP_NET_RAW, and all else without',
    async (host) => {
      const program = statusOf((await compose.exec(host, 'run', '--eval', STATUS)).stdout);
      expect(program).toMatchObject({
        Uid: '1000 1000 1000 1000',
        NoNewPrivs: '1',
        CapInh: NET_RAW,
        CapPrm: NET_RAW,
        CapEff: NET_RAW,
        CapBnd: NET_RAW,
        CapAmb: NET_RAW,
      });
      const other = statusOf((await compose.exec(host, 'cat', '/proc/self/status')).stdout);
      expect(other).toMatchObject({
        Uid: '1000 1000 1000 1000',
        CapPrm: NONE,
        CapEff: NONE,
        CapBnd: NET_RAW,
      });
    },
  );

  test('a host cannot change its own network', async () => {
    for (const command of [
      ['gate', 'own-rst'],
      ['nft', 'flush', 'ruleset'],
    ]) {
      const { exitCode, stderr } = await compose.exec('client', ...command);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain('docker compose exec client-observer');
    }
  });

  test('both hosts have the knobs that every run pins', async () => {
    const config = JSON.parse(await compose.do('config', '--format', 'json')) as {
      services: Record<string, { sysctls?: Record<string, string> }>;
    };
    const pinned = Object.fromEntries(
      [...PINNED].map(([name, value]) => [`net.${name === 'somaxconn' ? 'core' : 'ipv4'}.${name}`, value]),
    );
    expect(config.services.server?.sysctls).toEqual(pinned);
    expect(config.services.client?.sysctls).toEqual(pinned);
    expect((await compose.exec('client', 'cat', '/proc/sys/net/ipv4/tcp_tw_reuse')).stdout).toBe('0');
  });

  test('the image has no compiler, nothing set-uid, and knows its checkout', async () => {
    const { stdout: compilers } = await compose.exec(
      'client',
      'which',
      'gcc',
      'g++',
      'cc',
      'c++',
      'make',
      'python3',
      'ld',
    );
    expect(compilers).toBe('');
    const { stdout: raised } = await compose.exec(
      'lab',
      'find',
      '/',
      '-xdev',
      '-perm',
      '/6000',
      '-not',
      '-path',
      '/proc/*',
    );
    expect(raised).toBe('');
    expect((await compose.exec('client', 'cat', '.digest')).stdout).toBe(checkoutDigest(compose.folder));
    expect(await compose.exec('client', 'ls', 'servers/echo.ts')).toMatchObject({ exitCode: 0 });
    for (const name of LEFT_BEHIND)
      expect(await compose.exec('client', 'ls', name)).toMatchObject({ exitCode: 2 });
  });

  test.runIf(process.getuid?.() === 0)(
    'the lab is entered as the owner of the clone, without any capability',
    async () => {
      // The page has made the workspace by now, as the owner of then.
      await rm(join(compose.folder, 'work'), { recursive: true, force: true });
      await chown(compose.folder, 4321, 4321);
      const { stdout } = await compose.exec('lab', '/tcplab/docker/as-owner.sh', 'cat', '/proc/self/status');
      expect(statusOf(stdout)).toMatchObject({
        Uid: '4321 4321 4321 4321',
        CapInh: NONE,
        CapPrm: NONE,
        CapEff: NONE,
        CapBnd: NONE,
        CapAmb: NONE,
      });
      await compose.exec('lab', 'tcplab', 'start', '1');
      expect(await readdir(join(compose.folder, 'work'))).toContain('01-listen');
      expect((await stat(join(compose.folder, 'work/01-listen/server.ts'))).uid).toBe(4321);
      await chown(compose.folder, 0, 0);
      const root = statusOf(
        (await compose.exec('lab', '/tcplab/docker/as-owner.sh', 'cat', '/proc/self/status')).stdout,
      );
      expect(root).toMatchObject({ Uid: '0 0 0 0', CapPrm: NONE, CapEff: NONE, CapBnd: NONE });
    },
  );

  test('the lab may use the engine, and nobody else here may', async () => {
    const command = [
      'node',
      '--eval',
      "require('node:net').connect('/var/run/docker.sock').on('connect', () => process.exit()).on('error', ({ code }) => { console.log(code); process.exit(1) })",
    ];
    expect(await compose.exec('lab', '/tcplab/docker/as-owner.sh', ...command)).toMatchObject({
      exitCode: 0,
    });
    for (const service of ['server', 'client', 'server-observer', 'client-observer'])
      expect(await compose.exec(service, ...command)).toMatchObject({ exitCode: 1, stdout: 'ENOENT' });
  });

  test('run --rm lab runs a verb, and says so when the clone is newer than the image', async () => {
    const list = await compose.do('run', '--rm', '-T', 'lab', 'list', '--json');
    expect(JSON.parse(list)).toMatchObject({ schema: 'tcplab/list/1' });
    const file = join(compose.folder, 'lab/tcp/states.ts');
    const before = await readFile(file);
    await appendFile(file, '\n');
    try {
      const { stderr } = await execa('docker', ['compose', 'run', '--rm', '-T', 'lab', 'list'], {
        ...compose.options,
      });
      expect(stderr).toContain('docker compose build');
    } finally {
      await writeFile(file, before);
    }
  });

  test('down takes a moment and leaves nothing', async () => {
    const begun = performance.now();
    await compose.do('down');
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(await compose.belongings()).toEqual([]);
  });
});

/** The fields of /proc/PID/status, proc(5). */
function statusOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').map((line) => [
      line.split(':')[0],
      line
        .slice(line.indexOf(':') + 1)
        .trim()
        .replaceAll('\t', ' '),
    ]),
  );
}

/** The address that the lab's container has printed. */
async function pageOf(compose: Compose): Promise<URL> {
  const printed = /http:\S+\?token=\S+/;
  await expect.poll(() => compose.do('logs', 'lab', '--no-log-prefix'), { timeout: 20_000 }).toMatch(printed);
  return new URL(printed.exec(await compose.do('logs', 'lab', '--no-log-prefix'))?.[0] ?? '');
}
