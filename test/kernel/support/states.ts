import type { State } from '../../../lab/tcp/states.ts';
import { type Pair, PORT } from './pair.ts';

/** How to bring a pair into each state, and where it then is. CLOSED has no row anywhere. */
export const PROVOKE: Readonly<Record<State, (lab: Pair) => Promise<'client' | 'server'>>> = {
  async CLOSED(lab) {
    lab.connect();
    await lab.client.waits.saw({ flags: 'R.' });
    await lab.client.waits.reaches('CLOSED');
    return 'client';
  },
  async LISTEN(lab) {
    lab.listen({ backlog: 5 });
    lab.connect();
    await lab.server.waits.reaches('ESTABLISHED');
    return 'server';
  },
  async SYN_SENT(lab) {
    await lab.server.gates.drop('syn');
    lab.connect();
    await lab.client.waits.reaches('SYN_SENT');
    return 'client';
  },
  async SYN_RCVD(lab) {
    lab.listen();
    await lab.server.gates.drop('ack-of-syn-ack');
    lab.connect();
    await lab.server.waits.reaches('SYN_RCVD');
    await lab.client.waits.reaches('ESTABLISHED');
    return 'server';
  },
  async ESTABLISHED(lab) {
    const { client, server } = await lab.connected();
    client.send(Buffer.from('unread'));
    await lab.client.gates.drop('data');
    server.send(Buffer.from('not acknowledged'));
    await lab.client.waits.saw({ payload: 'some' });
    await lab.server.waits.saw({ payload: 'some' });
    return 'server';
  },
  async FIN_WAIT_1(lab) {
    await lab.server.gates.drop('fin');
    const { client } = await lab.connected();
    client.close();
    await lab.client.waits.reaches('FIN_WAIT_1');
    return 'client';
  },
  async FIN_WAIT_2(lab) {
    const { client } = await lab.connected();
    client.shutdown('write');
    await lab.client.waits.reaches('FIN_WAIT_2');
    return 'client';
  },
  async CLOSE_WAIT(lab) {
    const { client } = await lab.connected();
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    await lab.client.waits.reaches('FIN_WAIT_2');
    return 'server';
  },
  // The server never gets the client's FIN, so its own cannot acknowledge it. Two FINs that are sent again cannot cross: the
  // second acknowledges the first.
  async CLOSING(lab) {
    const { client, server } = await lab.connected();
    await lab.server.gates.drop('fin');
    client.shutdown('write');
    await lab.client.waits.reaches('FIN_WAIT_1');
    server.shutdown('write');
    await lab.client.waits.reaches('CLOSING');
    return 'client';
  },
  async LAST_ACK(lab) {
    const { client, server } = await lab.connected();
    await lab.server.gates.drop('ack-of-fin');
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    server.close();
    await lab.server.waits.reaches('LAST_ACK');
    await lab.client.waits.reaches('TIME_WAIT');
    return 'server';
  },
  async TIME_WAIT(lab) {
    const { client, server } = await lab.connected();
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT', { localPort: PORT });
    server.close();
    await lab.client.waits.reaches('TIME_WAIT');
    return 'client';
  },
};
