import { CONNECT, HALF_CLOSE, WITHHOLD_ACK } from './programs.ts';

/** What a student of the demo course hands in. */
export interface Student {
  /** The name of the submission's folder or archive. */
  readonly name: string;
  readonly fullName: string;
  /** For whoever looks at the gradebook. */
  readonly about: string;
  /** By exercise's folder: the text of its `client.ts`. */
  readonly programs: Readonly<Record<string, string>>;
  readonly form?: 'zip' | 'rar';
  /** Handed in so many hours after it was due; before when not said. */
  readonly hoursLate?: number;
}

const handshake = (text: string): Record<string, string> => ({ '02-handshake': text });
const synRcvd = (text: string): Record<string, string> => ({ '04-syn-rcvd': text });
const halfClose = (text: string): Record<string, string> => ({ '10-half-close': text });

/** A dozen students: good ones, wrong ones, hostile ones. */
export const CLASS: readonly Student[] = [
  {
    name: 'ada',
    fullName: 'Ada Amsel',
    about: 'everything is right',
    programs: {
      ...handshake(CONNECT.plain),
      ...synRcvd(WITHHOLD_ACK.plain),
      ...halfClose(HALF_CLOSE.plain),
    },
  },
  {
    name: 'ben',
    fullName: 'Ben Bussard',
    about: 'everything is right',
    programs: {
      ...handshake(CONNECT.socket),
      ...synRcvd(WITHHOLD_ACK.careful),
      ...halfClose(HALF_CLOSE.awaited),
    },
  },
  {
    name: 'chen',
    fullName: 'Chen Crane',
    about: 'everything is right, in a zip',
    form: 'zip',
    programs: {
      ...handshake(CONNECT.awaited),
      ...synRcvd(WITHHOLD_ACK.chained),
      ...halfClose(HALF_CLOSE.counted),
    },
  },
  {
    name: 'dora',
    fullName: 'Dora Dove',
    about: 'everything is right, and a day late',
    hoursLate: 20,
    programs: {
      ...handshake(CONNECT.plain),
      ...synRcvd(WITHHOLD_ACK.plain),
      ...halfClose(HALF_CLOSE.plain),
    },
  },
  {
    name: 'emil',
    fullName: 'Emil Egret',
    about: 'completes the handshake of 4, destroys the socket of 10',
    programs: {
      ...handshake(CONNECT.plain),
      ...synRcvd(WITHHOLD_ACK.sendsTheAck),
      ...halfClose(HALF_CLOSE.destroys),
    },
  },
  {
    name: 'fatima',
    fullName: 'Fatima Finch',
    about: 'leaves too early in 10, which only the hidden check sees',
    programs: {
      ...handshake(CONNECT.plain),
      ...synRcvd(WITHHOLD_ACK.plain),
      ...halfClose(HALF_CLOSE.leavesEarly),
    },
  },
  {
    name: 'goran',
    fullName: 'Goran Goose',
    about: "has copied Ben's 4, with other names",
    programs: {
      ...handshake(CONNECT.plain),
      ...synRcvd(WITHHOLD_ACK.copied),
      ...halfClose(HALF_CLOSE.plain),
    },
  },
  {
    name: 'hana',
    fullName: 'Hana Heron',
    about: 'a syntax error in 4, and no 10',
    programs: { ...handshake(CONNECT.plain), ...synRcvd(WITHHOLD_ACK.syntaxError) },
  },
  {
    name: 'ivan',
    fullName: 'Ivan Ibis',
    about: 'hostile: endless output, a fork bomb, a busy loop',
    programs: {
      ...handshake(CONNECT.endlessOutput),
      ...synRcvd(WITHHOLD_ACK.forkBomb),
      ...halfClose(HALF_CLOSE.busyLoop),
    },
  },
  {
    name: 'jin',
    fullName: 'Jin Jay',
    about: 'hostile: looks around and prints PASS, forges a segment of the server',
    programs: {
      ...handshake(CONNECT.looksAround),
      ...synRcvd(WITHHOLD_ACK.forged),
      ...halfClose(HALF_CLOSE.plain),
    },
  },
  {
    name: 'kofi',
    fullName: 'Kofi Kite',
    about: 'connects to itself in 2, has nothing else',
    programs: handshake(CONNECT.toItself),
  },
  {
    name: 'lena',
    fullName: 'Lena Lark',
    about: 'an archive that nobody can open',
    form: 'rar',
    programs: handshake(CONNECT.plain),
  },
];
