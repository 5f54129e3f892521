import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../lab/host/backend.ts';
import { ToolError } from '../../../lab/host/tool.ts';
import { rejection, sharedLab } from '../lab.ts';

export function toolSuite(backend: Backend): void {
  describe('tools', () => {
    const lab = sharedLab(backend);

    test('run on the host that they are run on', async () => {
      const port = lab().port();
      await lab().serve(port);
      const show = async (host: 'client' | 'server') =>
        (
          await lab()
            .observation.of(host)
            .host.exec('ss', ['-Hltn', `sport = :${port}`])
        ).stdout;
      expect(await show('server')).toMatch(new RegExp(`^LISTEN .* ${lab().server.host.address}:${port} `));
      expect(await show('client')).toBe('');
    });

    test('that fail have an exit code and their words', async () => {
      const { exitCode, stderr } = await lab().client.host.exec('ip', ['link', 'show', 'nothing']);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('"nothing" does not exist');
    });

    test('that are not there are an error which says so', async () => {
      const error = await rejection(lab().client.host.exec('no-such-tool', []));
      expect(error).toBeInstanceOf(ToolError);
      expect(error).toMatchObject({
        code: 'tool',
        tool: 'no-such-tool',
        message: 'could not start "no-such-tool". Is it installed? ./tcplab doctor says what is missing',
      });
    });
  });
}
