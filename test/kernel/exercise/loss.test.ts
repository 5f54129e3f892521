import { expect, test } from 'vitest';
import { checkExercise } from '../../../lab/exercise/check.ts';
import { referenceProgram } from '../../../lab/exercise/programs.ts';
import { exerciseWith } from '../../exercise/support.ts';

const BLIND_MS = 1_500;

test('segments that the capture lost make every verdict inconclusive, also one that would pass', async () => {
  const exercise = exerciseWith(
    [
      {
        id: 'connected',
        title: 'The client sends a SYN',
        weight: 1,
        expects: {},
        help: 'Send one.',
        judge: (j) => void j.connection('client', 'server'),
      },
    ],
    {
      scenario: async ({ client, server }) => {
        await client.gate('own-rst');
        await client.start('client', { more: ['20000'] });
        await server.saw({ flags: 'S' });
        // This process looks at nothing meanwhile: the tap's buffer runs over.
        const untilMs = performance.now() + BLIND_MS;
        while (performance.now() < untilMs);
      },
    },
  );
  const cast = { client: { host: 'client', file: referenceProgram('clients/half-open.ts'), student: true } };
  const { result } = await checkExercise(exercise, { seed: 'loss', cast, from: 'test' });
  expect(result.verdict).toBe('inconclusive');
  expect(result.checks[0]?.message).toMatch(/^The capture on the (client|server) lost \d+ segments\.$/);
});
