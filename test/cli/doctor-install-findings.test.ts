import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { distributionOf, type Manager } from '../../lab/cli/doctor/distribution.ts';
import { installSteps, packageOf } from '../../lab/cli/doctor/install.ts';
import { koffiFinding } from '../../lab/cli/doctor/koffi.ts';
import { libnftablesFinding } from '../../lab/cli/doctor/libnftables.ts';
import { nodeFinding } from '../../lab/cli/doctor/node.ts';
import { rawSocketFinding } from '../../lab/cli/doctor/raw-socket.ts';
import { toolFinding } from '../../lab/cli/doctor/tools.ts';
import { ROOT } from '../support/tcplab.ts';
import { MACHINE, remedy, UBUNTU } from './doctor-made-up.ts';

describe('distributions', () => {
  test.each<[string, Manager | undefined, string]>([
    [UBUNTU, 'apt', 'Ubuntu 22.04.4 LTS'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nNAME="Linux Mint"', 'apt', 'Linux Mint'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\nNAME=Rocky', 'dnf', 'Rocky'],
    ["ID=fedora\nPRETTY_NAME='Fedora Linux 42'", 'dnf', 'Fedora Linux 42'],
    ['ID=manjaro\nID_LIKE=arch\nNAME=Manjaro', 'pacman', 'Manjaro'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nNAME=openSUSE', 'zypper', 'openSUSE'],
    ['ID=alpine\nNAME="Alpine Linux"', 'apk', 'Alpine Linux'],
    ['ID=nixos\nNAME=NixOS', undefined, 'NixOS'],
    ['', undefined, 'an unnamed Linux'],
  ])('%j', (text, manager, name) => {
    expect(distributionOf(text)).toMatchObject({ manager, name });
  });

  test.each([
    ['apt', 'sudo apt-get install iproute2 nftables g++'],
    ['dnf', 'sudo dnf install iproute nftables gcc-c++'],
    ['pacman', 'sudo pacman -S iproute2 nftables gcc'],
    ['zypper', 'sudo zypper install iproute2 nftables gcc-c++'],
    ['apk', 'sudo apk add iproute2 nftables g++'],
  ] as const)('%s', (manager, command) => {
    const distribution = { name: '', id: '', manager };
    expect(
      installSteps(['ip', 'ss', 'nft', 'g++'], { distribution, sudo: 'sudo ', updateFirst: false }),
    ).toEqual([{ run: command }]);
  });

  test('where apt never fetched its lists, that comes first', () => {
    expect(installSteps(['ss'], { ...MACHINE, updateFirst: true })).toEqual([
      { run: 'sudo apt-get update && sudo apt-get install iproute2' },
    ]);
  });

  test('the launcher and doctor name the same packages', async () => {
    const tools = ['ip', 'ss', 'nft', 'libnftables.so.1', 'unshare', 'setpriv', 'make', 'g++', 'python3'];
    const pairs = (['apt', 'dnf', 'pacman', 'zypper', 'apk'] as const).flatMap((manager) =>
      tools.map((tool) => [manager, tool] as const),
    );
    const calls = pairs.map((pair) => `package_of ${pair.join(' ')}`).join('\n');
    const { stdout } = await execa('sh', ['-c', `. ./setup/tools.sh\n${calls}`], { cwd: ROOT });
    expect(pairs.map((pair) => packageOf(...pair))).toEqual(stdout.split('\n'));
  });
});

describe('Node and packages', () => {
  test.each([
    ['24.12.0', 'works'],
    ['24.11.9', 'broken'],
    ['26.0.0', 'works'],
    ['22.20.0', 'broken'],
  ])('Node %s: %s', (version, status) => {
    expect(nodeFinding(version, '/usr/bin/node', '/lab/.tcplab/').status).toBe(status);
  });

  test("the lab's own Node is told from the machine's", () => {
    expect(nodeFinding('24.12.0', '/lab/.tcplab/node/bin/node', '/lab/.tcplab/')).toMatchObject({
      detail: "24.12.0, the lab's own",
    });
  });

  test.each([
    [{ code: 'ERR_MODULE_NOT_FOUND', message: "Cannot find package 'koffi'" }, 'missing'],
    [{ code: '', message: 'Cannot find the native Koffi module' }, 'broken'],
  ])('koffi %j: %s', (failure, status) => {
    expect(koffiFinding(failure, '3.3.4').status).toBe(status);
  });

  const ABI = `The module '/x/raw.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115. This version of Node.js requires\nNODE_MODULE_VERSION 137.`;
  test.each([
    [
      'is compiled for another Node (ABI 115, this Node has 137)',
      'broken',
      { code: 'ERR_DLOPEN_FAILED', message: ABI },
    ],
    [
      'is not compiled',
      'missing',
      { code: 'MODULE_NOT_FOUND', message: "Cannot find module './build/Release/raw.node'" },
    ],
    [
      'the package is not installed',
      'missing',
      { code: 'ERR_MODULE_NOT_FOUND', message: "Cannot find package 'raw-socket'" },
    ],
    [
      'loading it crashed Node (SIGSEGV)',
      'broken',
      { code: 'SIGSEGV', message: 'loading it crashed Node (SIGSEGV)' },
    ],
  ])('raw-socket %s', (detail, status, failure) => {
    const finding = rawSocketFinding(failure, [], ['clients/withhold-ack.ts'], MACHINE);
    expect(finding).toMatchObject({ status });
    expect(finding.detail).toContain(detail);
    expect(finding).toMatchObject({ disables: expect.stringContaining('clients/withhold-ack.ts') });
    expect(finding).toMatchObject({ disables: expect.stringContaining('SYN_RCVD') });
  });

  test('without a compiler, the compiler comes first', () => {
    const failure = { code: 'MODULE_NOT_FOUND', message: '' };
    const finding = rawSocketFinding(failure, ['make', 'g++'], [], MACHINE);
    expect(remedy(finding).split('\n')).toEqual([
      'sudo apt-get install make g++',
      'The launcher compiles it, in about 5 seconds:',
      'rm -f .tcplab/ready && ./tcplab doctor',
    ]);
  });

  test.each([
    [
      'missing',
      'Failed to load shared library: libnftables.so.1: cannot open shared object file: No such file',
    ],
    ['broken', 'Failed to load shared library: libnftables.so.1: file too short'],
  ])('libnftables %s: %s', (status, message) => {
    expect(libnftablesFinding({ code: '', message }, MACHINE).status).toBe(status);
  });
});

describe('tools', () => {
  const ss = { name: 'ss', version: ['-V'], loss: 'The line of ss.' };
  test.each([
    ['missing', 'not installed', undefined, undefined],
    ['works', '6.1.0', { file: '/usr/bin/ss', onPath: true }, '6.1.0'],
    ['broken', 'where PATH does not lead', { file: '/usr/sbin/ss', onPath: false }, '6.1.0'],
    ['broken', 'does not run', { file: '/usr/bin/ss', onPath: true }, undefined],
  ])('a tool that is needed: %s, %s', (status, words, found, version) => {
    const finding = toolFinding(ss, found, version, MACHINE);
    expect(finding.status).toBe(status);
    expect(finding.detail).toContain(words);
  });

  test.each([
    ['optional', 'not installed; it serves to look around', undefined, undefined],
    [
      'works',
      '1.0.6, in /usr/sbin/nft, which ./tcplab finds',
      { file: '/usr/sbin/nft', onPath: false },
      '1.0.6',
    ],
  ])('one that is not: %s, %s', (status, detail, found, version) => {
    const nft = { name: 'nft', version: ['-v'], loss: 'to look around', optional: true } as const;
    expect(toolFinding(nft, found, version, MACHINE)).toMatchObject({ status, detail });
  });
});
