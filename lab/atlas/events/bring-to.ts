import type { State } from '../../tcp/states.ts';
import type { Ground } from './ground.ts';

/** TIME_WAIT is entered with a full minute; so much of it has to be over before it can be seen to begin anew, in milliseconds. */
export const WORN_MS = 100;

/** How an ordinary socket is brought into each state, and what the peer says and does not say for it. */
const WAYS: Readonly<Record<State, (ground: Ground) => Promise<void>>> = {
  async CLOSED() {},
  async LISTEN(ground) {
    ground.listen();
    await ground.reaches('LISTEN');
  },
  async SYN_SENT(ground) {
    await ground.connect();
    await ground.reaches('SYN_SENT');
  },
  async SYN_RCVD(ground) {
    await WAYS.LISTEN(ground);
    await ground.open();
    await ground.reaches('SYN_RCVD');
  },
  async ESTABLISHED(ground) {
    await WAYS.SYN_RCVD(ground);
    await ground.acknowledge();
    await ground.reaches('ESTABLISHED');
    ground.accept();
  },
  async FIN_WAIT_1(ground) {
    await WAYS.ESTABLISHED(ground);
    await ground.finish();
    await ground.reaches('FIN_WAIT_1');
  },
  async FIN_WAIT_2(ground) {
    await WAYS.FIN_WAIT_1(ground);
    await ground.acknowledge();
    await ground.reaches('FIN_WAIT_2');
  },
  async CLOSE_WAIT(ground) {
    await WAYS.ESTABLISHED(ground);
    await ground.peerFinishes();
    await ground.reaches('CLOSE_WAIT');
  },
  async CLOSING(ground) {
    await WAYS.FIN_WAIT_1(ground);
    await ground.peerFinishes();
    await ground.reaches('CLOSING');
  },
  async LAST_ACK(ground) {
    await WAYS.CLOSE_WAIT(ground);
    await ground.finish();
    await ground.reaches('LAST_ACK');
  },
  async TIME_WAIT(ground) {
    await WAYS.FIN_WAIT_2(ground);
    await ground.peerFinishes();
    await ground.reaches('TIME_WAIT');
    const full = ground.row()?.timerMs ?? 0;
    await ground.stage.kernel.waits.until('to be in TIME_WAIT for a while', () => {
      const left = ground.row()?.timerMs;
      return left !== undefined && left <= full - WORN_MS;
    });
  },
};

/** States that can be reached in another way, which makes a difference to what is answered. */
export const VARIANTS = {
  'SYN_RCVD after an active OPEN': {
    state: 'SYN_RCVD',
    way: 'active OPEN',
    async bringTo(ground: Ground) {
      await WAYS.SYN_SENT(ground);
      await ground.crossSyn();
      await ground.reaches('SYN_RCVD');
    },
  },
  'FIN_WAIT_2 without a program': {
    state: 'FIN_WAIT_2',
    way: 'half-duplex CLOSE',
    async bringTo(ground: Ground) {
      await WAYS.FIN_WAIT_2(ground);
      ground.close();
      await ground.reaches('FIN_WAIT_2');
    },
  },
} as const;

export type Variant = keyof typeof VARIANTS;

/** Brings the ground's socket into a state, and waits until the kernel shows it there. @throws WaitError. */
export async function bringTo(state: State, ground: Ground, variant?: Variant): Promise<void> {
  await (variant === undefined ? WAYS[state](ground) : VARIANTS[variant].bringTo(ground));
}
