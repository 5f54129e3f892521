import { expect, test } from 'vitest';
import { Surveyor } from '../../../lab/survey/surveyor.ts';
import { LocalViewpoint } from '../../../lab/survey/viewpoint.ts';
import { PORT, pair } from '../support/pair.ts';
import { program } from '../support/programs.ts';
import { until } from '../support/until.ts';

const COUNT = 10_000;
const LOOKS = 20;

test('with 10,000 sockets a look and its conclusions take less than 50 ms of a processor', {
  timeout: 60_000,
}, async () => {
  const most = String(2 * COUNT);
  const knobs = { somaxconn: most, tcp_max_syn_backlog: most, tcp_syncookies: '0' };
  await using lab = pair({ queuePackets: 2 * COUNT, knobs });
  const { host } = lab.server;
  await lab.client.gates.drop('own-rst');
  lab.listen({ backlog: 2 * COUNT });
  await lab.client.host.run(program('clients/half-open.ts'), [host.address, String(PORT), String(COUNT)]);
  await until(lab.server, `${COUNT} half open`, (all) => all.length === COUNT + 1, 20_000);
  await using viewpoint = new LocalViewpoint((work) => host.enter(work));
  const surveyor = new Surveyor(viewpoint);
  const tookMs: number[] = [];
  for (let n = 0; n < LOOKS; n += 1) {
    const before = process.cpuUsage();
    const { states } = await surveyor.next();
    const { user, system } = process.cpuUsage(before);
    expect(states).toEqual({ LISTEN: 1, SYN_RCVD: COUNT });
    tookMs.push((user + system) / 1_000);
  }
  const median = tookMs.toSorted((a, b) => a - b)[LOOKS / 2];
  expect(median).toBeLessThan(50);
});
