import { describe, expect, test } from 'vitest';
import { GATE_NAMES } from '../../../lab/gate/kinds.ts';
import { Wire } from '../../../lab/gate/wire.ts';
import type { Backend } from '../../../lab/host/backend.ts';
import { program } from '../../kernel/support/programs.ts';
import { sharedLab } from '../lab.ts';

export function gateSuite(backend: Backend): void {
  describe('gates', () => {
    const lab = sharedLab(backend);

    test('of every kind can be made, opened and closed, all on one host', async () => {
      const gates = await Promise.all(GATE_NAMES.map((name) => lab().client.gates.drop(name, { port: 1 })));
      for (const gate of gates) {
        expect(gate.isOpen).toBe(false);
        await gate.open();
        await gate.close();
        expect(await gate.dropped()).toEqual({ segments: 0, bytes: 0 });
        await gate.open();
      }
      const { events } = lab().observation.timeline();
      const told = events.filter((event) => event.kind === 'gate');
      expect(told).toHaveLength(4 * GATE_NAMES.length);
      expect(told.map(({ atMs }) => atMs)).toEqual(told.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    });

    test('syn: the client stays in SYN_SENT, every dropped SYN is counted, and the next one passes', async () => {
      const { client, server } = lab();
      const port = lab().port();
      await lab().serve(port);
      const gate = await server.gates.drop('syn', { port });
      await lab().run(client, program('clients/connect.ts'), server.host.address, port);
      const { length } = await server.waits.saw({ flags: 'S', destination: { port } });
      await client.waits.holds('SYN_SENT', 60, { remotePort: port });
      expect(await gate.dropped()).toEqual({ segments: 1, bytes: length });
      await gate.open();
      await client.waits.reaches('ESTABLISHED', { remotePort: port });
      expect((await gate.dropped()).segments).toBe(1);
    });

    test('fin: FIN_WAIT_1 here, ESTABLISHED there, until it is opened', async () => {
      const { client, server } = lab();
      const port = lab().port();
      await lab().serve(port, { file: 'servers/never-close.ts' });
      const gate = await server.gates.drop('fin', { port });
      await lab().run(client, program('clients/close.ts'), server.host.address, port);
      await server.waits.saw({ has: 'F', destination: { port } });
      const there = await server.waits.reaches('ESTABLISHED', { localPort: port });
      await Promise.all([
        client.waits.holds('FIN_WAIT_1', 60, { remotePort: port }),
        server.waits.holds('ESTABLISHED', 60, { localPort: port, remotePort: there?.remote.port ?? 0 }),
      ]);
      expect((await gate.dropped()).segments).toBeGreaterThan(0);
      await gate.open();
      await client.waits.reaches('FIN_WAIT_2', { remotePort: port });
      await server.waits.reaches('CLOSE_WAIT', { localPort: port });
    });

    test('a wire holds what is sent, and lets it go in order', async () => {
      const { client, server } = lab();
      const port = lab().port();
      await lab().serve(port);
      const { running } = await lab().connect(port);
      const wire = new Wire(client.host);
      await wire.hold();
      running.signal('SIGTERM');
      await running.exited;
      await client.waits.reaches('FIN_WAIT_1', { remotePort: port });
      await server.waits.never('CLOSE_WAIT', 60, { localPort: port });
      expect(await lab().arrived(server, { has: 'F', destination: { port } })).toEqual([]);
      await wire.release();
      await server.waits.saw({ has: 'F', destination: { port } });
      // Its TIME_WAIT may be over in 3 ms: what two processors of the server send may overtake each other on a veth, and an ACK from before the
      // server's FIN then earns an RST that ends it (RFC 1337).
      await client.waits.leaves('FIN_WAIT_1', { remotePort: port });
    });
  });
}
