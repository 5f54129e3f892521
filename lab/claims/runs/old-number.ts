import type { Plan } from '../../exercise/plan.ts';
import { ownRun } from '../run.ts';

/** What the client says in the old connection, and what in the new one. */
export function oldAndNew(plan: Plan): { readonly old: string; readonly fresh: string } {
  return { old: `old-${plan.word('old', 6)}`, fresh: `new-${plan.word('fresh', 6)}` };
}

/** The steps after which the client sends the SYN, the RST, and the SYN again. */
export const ORDERS = {
  guarded: 'a SYN with an old number meets TIME_WAIT',
  reset: 'an RST meets TIME_WAIT',
  unguarded: 'the same SYN meets no TIME_WAIT any more',
} as const;

/** On hosts where an RST ends TIME_WAIT, as it does by default: a new connection whose numbers overlap with the old one's. */
export const OLD_NUMBER = ownRun(
  {
    slug: 'old-number',
    knobs: { tcp_rfc1337: '0' },
    lastsMs: 2_000,
    async scenario(scene) {
      const { client, server, plan } = scene;
      const { old, fresh } = oldAndNew(plan);
      const here = { localPort: plan.port };
      await client.gate('own-rst');
      await server.readKnobs('tcp_rfc1337');
      await server.start('server');
      await server.listens();
      const program = await client.start('client', { more: [old, fresh] });
      const before = await server.reaches('TIME_WAIT', here);
      const fromMs = (await server.saw({ has: 'F', destination: { port: plan.port } })).atMs;
      const gone = { cookie: before?.cookie ?? '', patient: true };

      await scene.step(ORDERS.guarded);
      program.signal('SIGUSR2');
      const syn = await server.saw({ flags: 'S', destination: { port: plan.port } }, { sinceMs: fromMs });
      await client.saw({ source: { port: plan.port } }, { sinceMs: syn.atMs });
      await server.holds('TIME_WAIT', 100, gone);
      await server.ss();

      await scene.step(ORDERS.reset);
      program.signal('SIGUSR2');
      await server.saw({ has: 'R', destination: { port: plan.port } });
      await server.reaches('CLOSED', gone);

      await scene.step(ORDERS.unguarded);
      program.signal('SIGUSR2');
      await client.saw({ payload: 'some' }, { sinceMs: syn.atMs, deadlineMs: 2_000 });
    },
  },
  { server: ['server', 'servers/answer-once.ts'], client: ['client', 'clients/old-number.ts'] },
);
