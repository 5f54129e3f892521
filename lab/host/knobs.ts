/**
 * Sysctls below `net.ipv4` and `net.core` that a run may set, each with the value pinned in every run (empty: left as the
 * kernel makes it in a new namespace). Pinning makes a run the same on every machine; a run's record lists what was set.
 * Linux Documentation/networking/ip-sysctl.rst.
 */
const KNOBS = {
  tcp_tw_reuse: '0',
  tcp_fin_timeout: '60',
  tcp_syncookies: '1',
  tcp_syn_retries: '6',
  tcp_synack_retries: '5',
  tcp_retries2: '15',
  tcp_orphan_retries: '0',
  tcp_abort_on_overflow: '0',
  tcp_rfc1337: '0',
  tcp_timestamps: '1',
  tcp_max_syn_backlog: '4096',
  tcp_max_tw_buckets: '131072',
  tcp_no_metrics_save: '1',
  ip_local_port_range: '32768\t60999',
  tcp_congestion_control: 'reno',
  somaxconn: '4096',
  tcp_sack: '',
  tcp_window_scaling: '',
  tcp_ecn: '',
  tcp_fastopen: '',
  tcp_early_retrans: '',
  tcp_syn_linear_timeouts: '',
  tcp_retries1: '',
  tcp_keepalive_time: '',
  tcp_keepalive_intvl: '',
  tcp_keepalive_probes: '',
  tcp_challenge_ack_limit: '',
  tcp_invalid_ratelimit: '',
  tcp_rto_min_us: '',
  tcp_rmem: '',
  tcp_wmem: '',
  tcp_migrate_req: '',
  tcp_l3mdev_accept: '',
  ip_nonlocal_bind: '',
  ip_default_ttl: '',
} as const;

export type KnobName = keyof typeof KNOBS;

/** Every knob's name, in alphabetical order. */
export const KNOB_NAMES: readonly KnobName[] = (Object.keys(KNOBS) as KnobName[]).sort();

/** The knobs that every run sets, with their values. */
export const PINNED: ReadonlyMap<KnobName, string> = new Map(
  (Object.entries(KNOBS) as [KnobName, string][]).filter(([, value]) => value !== ''),
);

/** A sysctl that does not exist, or a value that the kernel does not take. */
export class KnobError extends Error {
  override readonly name = 'KnobError';
  readonly code: 'unknown-knob' | 'refused-knob';
  readonly knob: string;

  constructor(code: KnobError['code'], knob: string, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.code = code;
    this.knob = knob;
  }
}

/**
 * The knob of this name; `net.ipv4.` and `net.core.` may stand before it.
 * @throws KnobError naming the knobs there are.
 */
export function knobNamed(text: string): KnobName {
  const name = text.replace(/^net[./](ipv4|core)[./]/, '');
  if (Object.hasOwn(KNOBS, name)) return name as KnobName;
  throw new KnobError('unknown-knob', text, `no knob "${text}". The knobs are: ${KNOB_NAMES.join(', ')}`);
}

/** The file in /proc/sys that holds a knob. */
export function knobFile(name: KnobName): string {
  return `/proc/sys/net/${name === 'somaxconn' ? 'core' : 'ipv4'}/${name}`;
}
