import type { ArrivalRule, Outcome } from '../../tcp/arrival-rules.ts';
import type { State } from '../../tcp/states.ts';

/** What the kernel was seen to do in a cell. */
export interface Seen {
  /** An `Answer`; several are joined by commas. */
  readonly answer: string;
  readonly next: State;
  readonly hastened: boolean;
  readonly restarted: boolean;
}

/**
 * Whether the kernel follows a rule, or what the rule allows instead. A challenge ACK and an ACK are the same segment: the rules
 * differ in why it is sent, and so no difference is made here.
 */
export function follows(seen: Seen, rule: ArrivalRule): 'rule' | 'otherwise' | 'neither' {
  if (isSame(seen, rule) && (rule.restarts !== true || seen.restarted)) return 'rule';
  return rule.otherwise !== undefined && isSame(seen, rule.otherwise) ? 'otherwise' : 'neither';
}

function isSame(seen: Seen, { answer, next }: Outcome): boolean {
  return plain(seen.answer) === plain(answer) && seen.next === next;
}

function plain(answer: string): string {
  return answer === 'challenge ACK' ? 'ACK' : answer;
}
