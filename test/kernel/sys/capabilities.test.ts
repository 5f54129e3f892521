import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CAPABILITY, grantToChildren } from '../../../lab/sys/capabilities.ts';
import { pair } from '../support/pair.ts';
import { testProgram } from '../support/programs.ts';

function capabilities(pid: number | 'self', kind: 'Eff' | 'Prm' | 'Amb'): bigint {
  const line = new RegExp(`^Cap${kind}:\\s*([0-9a-f]+)$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  );
  return BigInt(`0x${line?.[1]}`);
}

const NET_RAW = 1n << BigInt(CAPABILITY.NET_RAW);
const NET_ADMIN = 1n << BigInt(CAPABILITY.NET_ADMIN);

test('a program under test has CAP_NET_RAW and no other capability', async () => {
  await using lab = pair();
  const { pid } = await lab.client.run(testProgram('wait.ts'), []);
  expect(capabilities(pid, 'Eff')).toBe(NET_RAW);
  expect(capabilities(pid, 'Prm')).toBe(NET_RAW);
});

test('a tool has CAP_NET_ADMIN and CAP_NET_RAW and no other capability', async () => {
  await using lab = pair();
  const { stdout } = await lab.client.host.exec('cat', ['/proc/self/status']);
  expect(stdout).toMatch(new RegExp(`^CapEff:\\s*0*${(NET_ADMIN | NET_RAW).toString(16)}$`, 'm'));
});

test('granting takes back what was granted before, and nothing from this process', () => {
  const own = capabilities('self', 'Eff');
  grantToChildren(['NET_RAW', 'SYS_ADMIN']);
  grantToChildren([]);
  const child = spawn('sleep', ['60']);
  expect(capabilities(child.pid ?? 0, 'Eff')).toBe(0n);
  child.kill('SIGKILL');
  expect(capabilities('self', 'Eff')).toBe(own);
});
