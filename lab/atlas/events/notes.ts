import type { ArrivalRule } from '../../tcp/arrival-rules.ts';
import type { Arrival } from '../../tcp/arrivals.ts';
import type { State } from '../../tcp/states.ts';
import type { Variant } from './bring-to.ts';
import type { follows, Seen } from './follows.ts';

/** What was seen in a cell, and how its state was reached when not in the usual way. */
export interface SeenCell extends Seen {
  readonly state: State;
  readonly arriving: Arrival;
  readonly variant?: Variant | undefined;
}

/** What to say of a cell in which just this was seen. It explains; it never decides. */
interface Remark {
  readonly states: readonly State[];
  readonly arriving: readonly Arrival[];
  readonly variant?: Variant;
  readonly answer: string;
  /** Undefined: the state stays. */
  readonly next?: State;
  readonly text: string;
}

const ORPHAN: Variant = 'FIN_WAIT_2 without a program';
const BEFORE_FIN: readonly State[] = ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2'];
const AFTER_FIN: readonly State[] = ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK'];

const REMARKS: readonly Remark[] = [
  {
    states: ['LISTEN'],
    arriving: ['SYN', 'SYN in window'],
    answer: 'SYN+ACK',
    next: 'SYN_RCVD',
    text: 'The listener stays; the half-open connection is a new row beside it.',
  },
  {
    states: ['SYN_SENT'],
    arriving: ['SYN', 'SYN in window'],
    answer: 'SYN+ACK',
    next: 'SYN_RCVD',
    text: 'A simultaneous open: both ends have sent a SYN.',
  },
  {
    states: ['SYN_SENT'],
    arriving: ['RST exact'],
    answer: 'nothing',
    next: 'CLOSED',
    text: 'An RST that acknowledges the SYN: connection refused.',
  },
  {
    states: ['SYN_RCVD'],
    arriving: ['SYN'],
    answer: 'SYN+ACK',
    text: 'Linux takes the SYN for one that was sent again and repeats its SYN+ACK, which acknowledges it too.',
  },
  {
    states: ['SYN_RCVD'],
    arriving: ['SYN in window'],
    answer: 'RST',
    next: 'LISTEN',
    text: 'Linux drops the half-open connection with an RST; RFC 9293 has it return to LISTEN without a word.',
  },
  {
    states: ['SYN_RCVD'],
    arriving: ['RST exact'],
    answer: 'nothing',
    next: 'LISTEN',
    text: 'The half-open row is gone, and the listener is left.',
  },
  {
    states: ['SYN_RCVD'],
    arriving: ['data'],
    answer: 'ACK of data',
    next: 'ESTABLISHED',
    text: 'Data may complete the handshake: its ACK field does.',
  },
  {
    states: ['FIN_WAIT_1'],
    arriving: ['FIN+ACK'],
    answer: 'ACK of FIN',
    next: 'TIME_WAIT',
    text: 'FIN and its ACK in one segment: a close in three segments, past FIN_WAIT_2.',
  },
  {
    states: ['FIN_WAIT_2'],
    arriving: ['data'],
    variant: ORPHAN,
    answer: 'RST',
    next: 'CLOSED',
    text: 'No program is left that could read the data: an RST says that it is lost.',
  },
  {
    states: ['FIN_WAIT_2'],
    arriving: ['ACK of unsent'],
    variant: ORPHAN,
    answer: 'nothing',
    text: 'Of a FIN_WAIT_2 without a program Linux keeps as little as of TIME_WAIT, and no longer looks at ACK numbers.',
  },
  {
    states: ['FIN_WAIT_2'],
    arriving: ['RST in window'],
    variant: ORPHAN,
    answer: 'nothing',
    next: 'CLOSED',
    text: 'A FIN_WAIT_2 without a program is ended by any RST in the window, unchallenged.',
  },
  {
    states: ['FIN_WAIT_2'],
    arriving: ['RST outside'],
    variant: ORPHAN,
    answer: 'ACK',
    text: 'Here Linux acknowledges whatever is out of the window, even an RST.',
  },
  {
    states: ['FIN_WAIT_2'],
    arriving: ['SYN in window'],
    variant: ORPHAN,
    answer: 'RST',
    next: 'CLOSED',
    text: 'A FIN_WAIT_2 without a program is ended by any SYN in the window.',
  },
  {
    states: ['SYN_RCVD'],
    arriving: ['SYN+ACK'],
    variant: 'SYN_RCVD after an active OPEN',
    answer: 'ACK',
    next: 'ESTABLISHED',
    text: 'Linux completes a simultaneous open; by RFC 9293 the SYN+ACK is out of the window, and its ACK is lost (a known trouble, appendix A.2).',
  },
  {
    states: ['CLOSING'],
    arriving: ['FIN+ACK'],
    answer: 'nothing',
    next: 'TIME_WAIT',
    text: 'Linux takes the ACK field of a FIN that was sent again; by RFC 9293 that segment is out of the window, and its ACK is lost (a known trouble, appendix A.2).',
  },
  {
    states: ['LAST_ACK'],
    arriving: ['FIN+ACK'],
    answer: 'nothing',
    next: 'CLOSED',
    text: 'Linux takes the ACK field of a FIN that was sent again; by RFC 9293 that segment is out of the window, and its ACK is lost (a known trouble, appendix A.2).',
  },
  {
    states: [...BEFORE_FIN, ...AFTER_FIN],
    arriving: ['ACK of unsent'],
    answer: 'nothing',
    text: 'This kernel drops it in silence, as Linux has long done; newer kernels send a challenge ACK.',
  },
  {
    states: ['TIME_WAIT'],
    arriving: ['ACK of unsent'],
    answer: 'nothing',
    text: 'In TIME_WAIT Linux no longer looks at ACK numbers: any ACK at RCV.NXT only starts the time again.',
  },
  {
    states: ['TIME_WAIT'],
    arriving: ['data'],
    answer: 'ACK',
    text: 'In TIME_WAIT Linux answers data, which it cannot take any more, with its last ACK again.',
  },
  {
    states: ['TIME_WAIT'],
    arriving: ['RST in window'],
    answer: 'nothing',
    text: 'In TIME_WAIT Linux sends no challenge: an RST that is not exact is dropped in silence.',
  },
  {
    states: ['TIME_WAIT'],
    arriving: ['SYN in window'],
    answer: 'SYN+ACK',
    next: 'SYN_RCVD',
    text: 'A SYN with a higher number opens a new connection at once, as there is a listener; TIME_WAIT is over.',
  },
];

const HASTENED =
  'Linux also brings its timer forward and sends its SYN again within milliseconds: the other end may still hold an old connection.';
const RESTARTED = 'The 60 s of TIME_WAIT begin anew.';

/** What there is to say of a measured cell; undefined when it is plain. */
export function noteOn(
  seen: SeenCell,
  rule: ArrivalRule,
  by: ReturnType<typeof follows>,
): string | undefined {
  const words = [
    remarkOn(seen),
    by === 'otherwise' ? `Allowed by ${rule.otherwise?.section}.` : undefined,
    seen.hastened ? HASTENED : undefined,
    seen.restarted ? RESTARTED : undefined,
  ].filter((text) => text !== undefined);
  return words.length === 0 ? undefined : words.join(' ');
}

/** Why the kernel does what was seen; undefined when nothing is known of it. */
export function remarkOn({ state, arriving, variant, answer, next }: SeenCell): string | undefined {
  return REMARKS.find(
    (remark) =>
      remark.states.includes(state) &&
      remark.arriving.includes(arriving) &&
      remark.variant === variant &&
      remark.answer === answer &&
      (remark.next ?? state) === next,
  )?.text;
}
