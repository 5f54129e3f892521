import { describe, expect, test } from 'vitest';
import { byBackend } from '../../lab/cli/doctor/backends.ts';
import { cgroupsFinding } from '../../lab/cli/doctor/cgroups.ts';
import type { Finding, Result } from '../../lab/cli/doctor/check.ts';
import { wordsOf } from '../../lab/cli/doctor/check.ts';
import { dockerFinding } from '../../lab/cli/doctor/docker-finding.ts';
import type { LabOnEngine } from '../../lab/cli/doctor/docker-lab.ts';
import { gatesFinding } from '../../lab/cli/doctor/gates.ts';
import type { InsideReport } from '../../lab/cli/doctor/inside.ts';
import { partFinding } from '../../lab/cli/doctor/inside-finding.ts';
import { HOSTS, LINK, SOCKETS, SS } from '../../lab/cli/doctor/inside-parts.ts';
import { kernelFinding } from '../../lab/cli/doctor/kernel.ts';
import { knobsFinding } from '../../lab/cli/doctor/knobs.ts';
import { moduleSteps } from '../../lab/cli/doctor/modules.ts';
import { rawFinding } from '../../lab/cli/doctor/raw-mark.ts';
import { traceFinding } from '../../lab/cli/doctor/trace.ts';
import { CONTEXT, MACHINE, remedy, reportOf } from './doctor-made-up.ts';

describe('inside the lab', () => {
  test('Ubuntu 25.04 lets namespaces be made and then nothing be done in them', () => {
    const refused = { ok: false, code: 'EPERM', reason: 'unshare (network namespace): EPERM' };
    const report = reportOf('unshare//&unpriv_unshare (enforce)', refused);
    const finding = partFinding(HOSTS, report, { ...CONTEXT, stockProfile: true });
    expect(finding).toMatchObject({ status: 'broken' });
    expect(finding.detail).toContain('unpriv_unshare');
    expect(remedy(finding)).toContain('/etc/apparmor.d/disable/');
  });

  test.each(['unconfined', 'tcplab-unshare (unconfined)', undefined])(
    'a refusal under the profile %s has another cause',
    (label) => {
      const report = reportOf(label, { ok: false, code: 'EPERM', reason: 'unshare: EPERM' });
      expect(partFinding(HOSTS, report, CONTEXT).detail).toBe('unshare: EPERM');
    },
  );

  test('a missing module is named, with the package that Ubuntu keeps it in', () => {
    const steps = moduleSteps('veth', MACHINE, true).map(wordsOf);
    expect(steps).toContain('sudo modprobe -a veth');
    expect(steps).toContain('sudo apt-get install linux-modules-extra-5.15.0-91-generic');
    expect(moduleSteps('veth', MACHINE, false).map(wordsOf).join()).toContain('start the machine again');
    const report = reportOf(
      undefined,
      {},
      { step: 'link', ok: false, code: 'EOPNOTSUPP', reason: 'netlink create link eth0: EOPNOTSUPP' },
    );
    expect(partFinding(LINK, report, CONTEXT)).toMatchObject({ status: 'missing' });
  });

  test('what comes after a failed first step was not tried', () => {
    const report = reportOf(undefined, { ok: false, code: 'EPERM', reason: 'no' });
    expect(partFinding(SOCKETS, report, CONTEXT).status).toBe('untried');
  });

  test('ss inside is not tried when there is no ss', () => {
    const report = reportOf(
      undefined,
      {},
      { step: 'ss', ok: false, code: 'tool', reason: 'could not start "ss"' },
    );
    expect(partFinding(SS, report, CONTEXT)).toEqual({ status: 'untried', detail: 'ss first' });
  });

  test('a probe that could not begin stops the tour, and says why', () => {
    const ended = 'unshare: unshare failed: No space left on device';
    const report: InsideReport = { apparmor: undefined, ended, outcomes: new Map() };
    expect(partFinding(HOSTS, report, CONTEXT)).toMatchObject({
      status: 'broken',
      detail: 'the limit user.max_net_namespaces is reached',
    });
    expect(partFinding(SS, report, CONTEXT)).toEqual({
      status: 'untried',
      detail: 'network namespaces first',
    });
    const killed = { ...report, ended: 'the probe ended with SIGKILL' };
    expect(partFinding(HOSTS, killed, CONTEXT)).toMatchObject({ status: 'broken', detail: killed.ended });
  });

  test('gates that the tour needs stop it, others do not', () => {
    const gates = (...names: string[]): Finding =>
      gatesFinding(reportOf(undefined, {}, { step: 'gates', names }), undefined, CONTEXT);
    expect(gates().status).toBe('works');
    expect(gates('fin-after-one').status).toBe('optional');
    expect(gates('fin')).toMatchObject({ status: 'broken', disables: expect.stringContaining('FIN_WAIT_1') });
  });

  test('Linux before 5.17 does not let raw programs mark their segments; Ubuntu 22.04 has a newer one', () => {
    const report = reportOf(
      undefined,
      {},
      { step: 'raw', ok: false, code: 'EPERM', reason: 'setsockopt SO_MARK: EPERM' },
    );
    const finding = rawFinding(report, CONTEXT);
    expect(finding.status).toBe('optional');
    expect(finding.detail).toContain('before Linux 5.17');
    expect(remedy(finding)).toContain('sudo apt-get install linux-generic-hwe-22.04');
  });

  test.each([
    ['works', []],
    ['optional', ['tcp_rto_min_us']],
    ['missing', ['tcp_rto_min_us', 'tcp_tw_reuse']],
  ])('sysctls %s: without %j', (status, names) => {
    expect(knobsFinding(reportOf(undefined, {}, { step: 'knobs', names })).status).toBe(status);
  });

  test.each([
    ['4.18.0-553.el8', 'optional', 'older than 4.20'],
    ['5.15.0-91-generic', 'works', 'an RST made by hand that passes the gate own-rst, 5.17'],
    ['6.18.0', 'works', 'Linux 6.18.0'],
    ['10.1.0', 'works', 'Linux 10.1.0'],
  ])('Linux %s: %s', (release, status, words) => {
    const finding = kernelFinding(release);
    expect(finding.status).toBe(status);
    expect(finding.detail).toContain(words);
  });
});

describe('what is optional', () => {
  const docker = (failure: string, client?: string): Finding =>
    dockerFinding({ client, address: 'unix:///var/run/docker.sock', engine: { failure } }, MACHINE);

  test('Docker: an engine that may not be used', () => {
    const finding = docker('EACCES', '28.2.2');
    expect(finding.detail).toContain('user ada has no access');
    expect(remedy(finding)).toContain('log out and in again');
    expect(remedy(finding)).toContain('sudo usermod -aG docker ada');
  });

  test('Docker: absent, stopped, silent', () => {
    expect(remedy(docker('ENOENT'))).toBe('sudo apt-get install docker.io');
    expect(remedy(docker('ENOENT', '28.2.2'))).toBe('sudo systemctl start docker');
    expect(remedy(docker('ECONNREFUSED'))).toBe('sudo systemctl start docker');
    expect(docker('nothing within 1500 ms').detail).toContain('nothing within 1500 ms');
  });

  const ENGINE = { version: '28.2.2', api: '1.50', kernel: MACHINE.kernel };
  const withEngine = (engine: Partial<typeof ENGINE>, lab?: LabOnEngine): Finding =>
    dockerFinding(
      { client: undefined, address: 'unix:///x', engine: { ...ENGINE, ...engine }, lab },
      MACHINE,
    );
  const lab = (
    state: LabOnEngine['state'],
    ...kinds: LabOnEngine['left'][number]['kind'][]
  ): LabOnEngine => ({
    image: 'tcplab',
    state,
    left: kinds.map((kind) => ({ kind })),
  });

  test('Docker: an image of this checkout, another one, none', () => {
    expect(withEngine({}, lab('fresh'))).toEqual({
      status: 'works',
      detail:
        'engine 28.2.2, no client, image tcplab of this checkout: hosts can be containers (--backend docker)',
    });
    for (const [state, words] of [
      ['stale', 'is of other files than this checkout'],
      ['none', 'no image tcplab yet'],
    ] as const) {
      const finding = withEngine({}, lab(state));
      expect(finding.status).toBe('optional');
      expect(finding.detail).toContain(words);
      expect(remedy(finding)).toContain('docker compose build');
    }
  });

  test('Docker: what dead runs have left is counted, and no reason not to go on', () => {
    const finding = withEngine({}, lab('fresh', 'container', 'container', 'network'));
    expect(finding.status).toBe('works');
    expect(remedy(finding)).toBe(
      'Runs that have died left 2 containers and 1 network there. To remove them:\n./tcplab doctor --fix',
    );
  });

  test('Docker: too old, on another machine, not to be asked', () => {
    expect(withEngine({ version: '19.03.15', api: '1.40' }).detail).toMatch(
      /^Docker 19.03.15 is too old: the lab needs engine 20.10 \(API 1.41\) or newer.* Update it: /,
    );
    expect(remedy(withEngine({ kernel: '6.10.14-linuxkit' }))).toBe('docker compose run --rm lab tour');
    expect(withEngine({}).detail).toContain('packages first');
  });

  test('cgroups: delegated in v2, in v1, not delegated, not there', () => {
    const v2 = (controllers: string[], writable: boolean) => ({ v2: { controllers, writable }, v1: [] });
    const v1 = (writable: boolean) => ({
      v2: { controllers: [], writable: true },
      v1: ['memory', 'pids'].map((controller) => ({ controller, writable })),
    });
    expect(cgroupsFinding(v2(['cpu', 'memory', 'pids'], true), MACHINE).detail).toContain('v2');
    expect(cgroupsFinding(v1(true), MACHINE).detail).toContain('v1');
    expect(remedy(cgroupsFinding(v2(['memory', 'pids'], false), MACHINE))).toContain(
      'systemd-run --user --scope',
    );
    expect(cgroupsFinding(v2(['pids'], true), MACHINE).detail).toContain('no memory controller');
    expect(cgroupsFinding({ v2: undefined, v1: [] }, MACHINE).detail).toContain('no memory and pids');
  });

  test('tracefs: for root, and to be mounted', () => {
    const facts = { readable: false, root: true, container: false, known: true, mounted: false };
    expect(remedy(traceFinding(facts))).toContain('mount -t tracefs');
    expect(traceFinding({ ...facts, root: false }).detail).toContain('for root only');
    expect(traceFinding({ ...facts, readable: true }).status).toBe('works');
  });
});

describe('hosts in one of two ways', () => {
  const named = (id: string, finding: Finding): Result => ({
    check: { id, title: id, group: 'Tools', run: async () => finding },
    finding,
  });
  const broken: Finding = { status: 'broken', detail: 'no', disables: 'All.', remedy: [{ run: 'mend it' }] };
  const fine: Finding = { status: 'works', detail: 'yes' };
  const absent: Finding = { status: 'optional', detail: 'no engine', remedy: ['Start it.'] };
  const found = (namespaces: Finding, docker: Finding, node: Finding = fine): Result[] => [
    named('node', node),
    named('namespaces', namespaces),
    named('docker', docker),
  ];
  const statuses = ({ results }: { results: readonly Result[] }): string[] =>
    results.map(({ finding }) => finding.status);

  test.each([
    ['both', undefined, found(fine, fine), ['namespaces', 'docker'], ['works', 'works', 'works']],
    ['no Docker', undefined, found(fine, absent), ['namespaces'], ['works', 'works', 'optional']],
    ['no namespaces', undefined, found(broken, fine), ['docker'], ['works', 'optional', 'works']],
    ['neither', undefined, found(broken, absent), [], ['works', 'broken', 'optional']],
    ['an old Node', undefined, found(fine, fine, broken), [], ['broken', 'works', 'works']],
    ['no namespaces, wanted', 'namespaces', found(broken, fine), [], ['works', 'broken', 'works']],
    ['no Docker, wanted', 'docker', found(fine, absent), [], ['works', 'works', 'missing']],
    [
      'no namespaces, Docker wanted',
      'docker',
      found(broken, fine),
      ['docker'],
      ['works', 'optional', 'works'],
    ],
    [
      'an old Node, Docker wanted',
      'docker',
      found(broken, fine, broken),
      [],
      ['broken', 'optional', 'works'],
    ],
  ] as const)('%s', (_, wanted, results, backends, expected) => {
    const judged = byBackend(results, wanted);
    expect(judged.backends).toEqual(backends);
    expect(statuses(judged)).toEqual(expected);
  });
});
