import type { CheckVerdict } from '../../exercise/result.ts';
import type { GateName } from '../../gate/kinds.ts';
import { ENGLISH } from '../../report/picture-words.ts';
import type { Status } from '../../workspace/overview.ts';
import type { Phase } from '../protocol.ts';

/** What a gate holds back, as a button says it, and in full. */
interface GateWords {
  readonly label: string;
  readonly drops: string;
}

const GATES: Readonly<Record<GateName, GateWords>> = {
  syn: { label: 'Drop SYNs', drops: 'Drops every SYN: nobody can begin a connection.' },
  'syn-ack': { label: 'Drop SYN-ACKs', drops: 'Drops every SYN-ACK: the client stays in SYN_SENT.' },
  'ack-of-syn-ack': {
    label: "Hold the handshake's ACK",
    drops: 'Drops whatever would complete a handshake that begins now: the server stays in SYN_RCVD.',
  },
  data: {
    label: 'Drop data',
    drops: 'Drops every segment with data, and so also a FIN that comes with data.',
  },
  fin: { label: 'Drop FINs', drops: 'Drops every FIN: who closes stays in FIN_WAIT_1 or LAST_ACK.' },
  'fin-after-one': {
    label: 'Drop FINs sent again',
    drops: 'Drops every FIN of a connection but the first.',
  },
  'ack-of-fin': {
    label: 'Drop ACKs of its FIN',
    drops:
      'Drops whatever acknowledges a FIN that this host has sent: it stays in FIN_WAIT_1, CLOSING or LAST_ACK.',
  },
  rst: { label: 'Drop RSTs', drops: 'Drops every RST: this host does not hear that it was reset.' },
  everything: { label: 'Drop everything', drops: 'Drops every TCP segment.' },
  'own-rst': {
    label: 'Drop its own RSTs',
    drops: "Drops every RST that this host's own kernel sends; a raw program's own RST passes.",
  },
};

const STATUS: Readonly<Record<Status, string>> = {
  'not-started': 'not begun',
  started: 'begun',
  attempted: 'tried',
  passed: 'passed',
};

const PHASE: Readonly<Record<Phase, string>> = {
  starting: 'making the hosts …',
  running: 'running',
  over: 'over',
  failed: 'failed',
};

const VERDICT: Readonly<Record<CheckVerdict | 'pending', string>> = {
  pass: 'passed',
  fail: 'not yet',
  skipped: 'skipped: it needs a check that did not pass',
  inconclusive: 'undecided: the machine was in the way, not your program',
  error: "the lab's own fault",
  pending: 'waiting',
};

/** Hosts are called by what they do, or by a name: `the server`, `north`. */
function the(host: string): string {
  return ['server', 'client', 'peer'].includes(host) ? `the ${host}` : host;
}

export const EN = {
  otherLanguage: '中文',
  exercises: 'Exercises',
  points: (got: number, of: number) => `${got} of ${of} points`,
  pts: (points: number) => `${points} p`,
  status: STATUS,
  phase: PHASE,
  verdict: VERDICT,
  gone: 'The lab is not there; start it again with: ./tcplab ui',
  goneMore: 'Then open the address that it prints.',
  unreached: 'That did not reach the lab. Do it again.',
  connecting: 'Connecting to the lab …',
  dismiss: 'Close this message',
  keys: 'Keys',
  loading: 'Loading …',

  run: 'The run',
  byHand: 'By hand',
  byHandTitle: 'Make the hosts of this exercise, and start the programs yourself',
  checkMine: 'Check my program',
  checkReference: 'Check the reference',
  end: 'End',
  endTitle: 'End the run, and everything in it',
  auto: 'Check at every save',
  noRun: 'No run yet',
  ofNumber: (number: number) => ` (exercise ${number})`,
  runIs: (how: 'check' | 'hands-on', from: 'work' | 'reference'): string =>
    how === 'hands-on' ? 'By hand' : from === 'work' ? 'Your program' : 'The reference',
  touched: 'Touched by hand: this verdict is not recorded.',

  host: (name: string) => the(name),
  program: (host: string) => `Program on ${the(host)}`,
  connectsTo: (host: string) => `What the program on ${the(host)} connects to`,
  ofExercise: 'In this exercise',
  others: 'Others',
  start: 'Start',
  stop: 'Stop',
  runs: 'running',
  ended: 'ended',
  noPrograms: 'No program runs here.',
  arrivingAt: (host: string) => `To ${the(host)}:`,
  gates: GATES,
  holdAll: (host: string) => `Hold all from ${the(host)}`,
  holdAllTitle: 'It waits, in order; nothing is lost. Press again and all of it goes on.',
  dropped: (count: number) => `${count} dropped`,
  holding: 'holding',
  hold: 'Hold segments back',
  more: 'More',

  table: (host: string) => `Sockets of ${the(host)}, as ss -tano prints them`,
  timer: (seconds: string) => `The timer fires in ${seconds} s.`,
  noSockets: 'No TCP socket.',
  moreSockets: (count: number) => `… and ${count} more`,
  changed: (host: string, from: string | undefined, to: string | undefined) =>
    to === undefined
      ? `${host}: a socket in ${from} is gone`
      : from === undefined
        ? `${host}: a socket in ${to}`
        : `${host}: ${from} to ${to}`,

  pictures: 'Pictures',
  ladder: 'Ladder',
  diagram: 'RFC 9293',
  ladderAndDiagram: 'Ladder and diagram',
  tracks: 'States in time',
  log: 'Log',
  logEmpty: 'What the lab does and what programs print comes here.',
  /** Within the pictures. */
  drawn: ENGLISH,
  noPicture: 'What the kernels and the wire show comes here, as soon as something runs.',
  newest: '↓ newest',
  numbersOnWire: 'Numbers as on the wire',

  pane: 'The exercise',
  showPane: 'Show the exercise',
  hidePane: 'Hide the exercise',
  showList: 'Show all exercises',
  hideList: 'Hide the exercises',
  text: 'Text',
  questions: 'Predict',
  checks: 'Checks',
  hints: 'Hints',
  files: 'Files',
  noQuestions: 'This exercise asks nothing before its run.',
  predictFirst: 'What will the kernel do? Answer before your first run; it costs no points.',
  predict: 'These are my predictions',
  predicted: 'Predicted. Now let your program show it: press “Check my program”.',
  predictedLate: 'This exercise has been run, so predictions can no longer be changed.',
  youSaid: 'You said',
  kernelDid: 'The kernel did',
  ofReference: 'Of the reference program:',
  noAnswer: 'nothing',
  notSeen: 'The run did not get that far.',
  agrees: 'As you said.',
  steps: 'What happens',
  beginFirst: 'You have not begun this exercise. Press “Begin this exercise”, then edit the file.',
  noRunYet: 'Press “Check my program”, or save your file.',
  otherRun: (number: number) => `The run beside this is of exercise ${number}.`,
  tryNext: 'Try next:',
  expected: 'expected',
  observed: 'the kernel showed',
  evidence: 'Evidence',
  firstHint: 'Show a hint',
  nextHint: (left: number) => `Show the next hint (${left} left)`,
  noHint: 'There is no other hint.',
  hintOf: (level: number, of: number) => `Hint ${level} of ${of}`,
  editThem: 'Edit them in your editor; every save is checked.',
  beginIt: 'Begin this exercise',
  beginTitle: 'Copies the starter into your folder',
  notBegun: 'You have not begun this one: this is what you would start from.',

  guideTitle: 'Hold a real kernel in SYN_RCVD: three clicks',
  guideWhy:
    'A server is in SYN_RCVD between its SYN-ACK and the ACK that completes the handshake. That is over in a moment, unless the ACK does not come.',
  guideHosts: 'Make two hosts and start a server',
  guideGate: "Hold the handshake's ACK",
  guideClient: 'Start the client',
  guideMaking: 'Two hosts are being made, each with a network of its own …',
  guideWaiting: 'The client connects …',
  guideHeld:
    'That is SYN_RCVD, on a real kernel: the row that ss calls SYN-RECV, and the token in the diagram. Let the next ACK pass:',
  guideTries: (sent: number, of: number) =>
    sent < of
      ? `The server sends its SYN-ACK again, ${sent} of ${of} times so far. Each brings another ACK, and the gate drops that, too.`
      : `The server has sent its SYN-ACK for the last time, and no other ACK will come. Soon it gives up: watch its row.`,
  guideRelease: 'Release',
  guideReleased: (seconds: string) =>
    `The way is free. In ${seconds} s the server sends its SYN-ACK again, and the ACK to that passes.`,
  guideTooLate:
    'The way is free, but too late: the server has sent its SYN-ACK for the last time. It will give up, and the client will not know.',
  guideGivenUp:
    'The server has given up: for a minute nobody completed the handshake. The client does not know that. Another client:',
  guideThrough: 'ESTABLISHED: the ACK came through, and the handshake is complete.',
  guideAgain: 'Again from the beginning',
  guideClose: 'Close this guide',

  help: {
    title: 'Keys',
    close: 'Close',
    'j / k': 'next, previous exercise',
    h: 'by hand',
    c: 'check my program',
    r: 'check the reference',
    e: 'end the run',
    '1 … 9': 'close or open the gate with this number',
    s: 'start the program on the server',
    a: 'start the program on the client',
    'd / f': 'start the programs on the other hosts',
    x: 'stop the program started last',
    t: 'show or hide the exercise',
    p: 'other pictures',
    '?': 'this list',
  },
};
