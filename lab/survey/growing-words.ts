import type { State } from '../tcp/states.ts';
import type { PileName } from './piles.ts';

interface Words {
  readonly state: State;
  readonly why: string;
  readonly next: string;
}

/** What it means that a pile grows, and what to do. */
export function growingWords(name: PileName, finTimeoutS: number): Words {
  switch (name) {
    case 'CLOSE_WAIT':
      return {
        state: 'CLOSE_WAIT',
        why: 'The other ends have closed, and the program here does not: each of these holds a descriptor until it calls close().',
        next: "In the program, find where a connection ends (read() gives 0, 'end' in Node), and close it there: ./tcplab show 11",
      };
    case 'FIN_WAIT_2 held':
      return {
        state: 'FIN_WAIT_2',
        why: 'The program here has shut down its sending side and keeps the descriptors; the other ends do not close.',
        next: 'Look for CLOSE_WAIT at the other ends; and give the program here a time limit after which it closes: ./tcplab show 13',
      };
    case 'FIN_WAIT_2 orphans':
      return {
        state: 'FIN_WAIT_2',
        why: `The program here has closed, the other ends do not; no process holds these. The kernel forgets each ${finTimeoutS} s after.`,
        next: 'Look for CLOSE_WAIT at the other ends. A smaller net.ipv4.tcp_fin_timeout hides it here only: ./tcplab show 13',
      };
    case 'FIN_WAIT_1':
      return {
        state: 'FIN_WAIT_1',
        why: 'The FINs sent from here are not acknowledged: the other ends are gone, or do not read what was sent before the FIN.',
        next: 'See what is unacknowledged and how often it was sent: ss -tno state fin-wait-1; and: ./tcplab show 12',
      };
    case 'CLOSING':
      return {
        state: 'CLOSING',
        why: 'Both ends have closed at the same time, and the ACKs of the FINs sent from here do not come.',
        next: 'Look for a firewall or a link that loses segments: ss -tno state closing; and: ./tcplab show 15',
      };
    case 'LAST_ACK':
      return {
        state: 'LAST_ACK',
        why: 'Both ends have closed, and the ACKs of the FINs sent from here do not come: the other ends are gone, or a firewall is between.',
        next: 'See how often the FINs were sent: ss -tno state last-ack; and: ./tcplab show 14',
      };
    case 'SYN_SENT':
      return {
        state: 'SYN_SENT',
        why: 'Nobody answers the SYNs sent from here: a firewall drops them, the accept queue there is full, or nobody has that address.',
        next: 'See how often they were sent: ss -tno state syn-sent; and: ./tcplab show 21',
      };
  }
}
