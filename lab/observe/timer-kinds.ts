/** What a socket's timer is for, in the kernel's order. include/uapi/linux/inet_diag.h, idiag_timer; ss(8), `-o`. */
export const TIMER_KINDS = ['none', 'retransmit', 'keepalive', 'time-wait', 'probe'] as const;

export type TimerKind = (typeof TIMER_KINDS)[number];

/** What `ss` calls a timer; it prints none when there is none. iproute2 misc/ss.c, tcp_timers_print. */
export const SS_TIMERS: Readonly<Record<TimerKind, string>> = {
  none: '',
  retransmit: 'on',
  keepalive: 'keepalive',
  'time-wait': 'timewait',
  probe: 'persist',
};
